import type { AudioPurpose, Plan, RenditionColour } from "../../contract/plan";
import { AUDIO_RATE } from "../audio/arguments";
import type { SegmentRecord } from "../output/record";
import type { ManifestAudio, ManifestRendition as Manifested } from "./manifest";
import { byFamily } from "./playability";
import { lines } from "./playlist";
import type { Track } from "./track";

type ManifestRendition = Omit<Manifested, "mp4">;

/** A track, and what the manifest says of it. */
export interface Described<Stream> {
  track: Pick<Track, "initName" | "template" | "segments" | "timescale" | "start">;
  stream: Stream;
}

/**
 * The MPEG-DASH manifest over the segments of HLS (ISO/IEC 23009-1). A template by time finds them: chunks that were encoded
 * independently can't count their segments through, and of a list by name dash.js takes no timeline. The first picture is at the
 * timeline's offset, which `presentationTimeOffset` takes back to 0.
 */
export function dashManifest(
  plan: Pick<Plan, "source" | "segmentSeconds">,
  videos: readonly Described<ManifestRendition>[],
  audio: readonly Described<ManifestAudio>[],
): string {
  const duration = Math.max(...[...videos, ...audio].map(({ stream }) => stream.durationSeconds));
  const families = byFamily(
    videos,
    ({ stream: { codec, range } }) => (range === "SDR" ? { codec } : { codec, range }),
    ({ stream }) => stream.peakBandwidth,
  );
  return lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" ' +
      `mediaPresentationDuration="${seconds(duration)}" minBufferTime="${seconds(plan.segmentSeconds)}">`,
    '  <Period id="0" start="PT0S">',
    ...families.flatMap((family, index) => videoSet(family, index, plan.source.frameRate.join("/"))),
    ...audio.flatMap((track, index) => audioSet(track, index, families.length + index)),
    "  </Period>",
    "</MPD>",
  );
}

/** An adaptation set for each kind of decoder and display: players switch within one. */
function videoSet(videos: readonly Described<ManifestRendition>[], id: number, frameRate: string): string[] {
  return [
    `    <AdaptationSet id="${id}" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" ` +
      `par="${aspect(videos)}">`,
    ...colourProperties(videos[0]?.stream.range ?? "SDR"),
    ...videos.flatMap(({ track, stream }) =>
      representation(
        stream.name,
        `bandwidth="${stream.peakBandwidth}" codecs="${stream.codec}" width="${stream.width}" ` +
          `height="${stream.height}" sar="1:1" frameRate="${frameRate}"`,
        track,
      ),
    ),
    "    </AdaptationSet>",
  ];
}

/** Of ISO/IEC 23091-2: primaries, transfer characteristics and matrix. */
const COLOURS: Record<RenditionColour["range"], [number, number, number]> = {
  SDR: [1, 1, 1],
  PQ: [9, 16, 9],
  HLG: [9, 18, 9],
};
const COLOUR_PROPERTIES = ["ColourPrimaries", "TransferCharacteristics", "MatrixCoefficients"];

/** A player that can't show HDR must not choose it, so there the properties are essential. */
function colourProperties(range: RenditionColour["range"]): string[] {
  const kind = range === "SDR" ? "SupplementalProperty" : "EssentialProperty";
  return COLOUR_PROPERTIES.map(
    (name, index) => `      <${kind} schemeIdUri="urn:mpeg:mpegB:cicp:${name}" value="${COLOURS[range][index]}"/>`,
  );
}

const ROLE = "urn:mpeg:dash:role:2011";
const PURPOSES: Record<AudioPurpose, string[]> = {
  commentary: [`      <Role schemeIdUri="${ROLE}" value="commentary"/>`],
  description: [
    '      <Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value="1"/>',
    `      <Role schemeIdUri="${ROLE}" value="alternate"/>`,
  ],
};

/** An adaptation set for each track: players choose among them by language and role. */
function audioSet({ track, stream }: Described<ManifestAudio>, index: number, id: number): string[] {
  const role = index === 0 ? "main" : "alternate";
  return [
    `    <AdaptationSet id="${id}" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" ` +
      `startWithSAP="1" lang="${stream.language ?? "und"}">`,
    `      <Label>${escaped(stream.label)}</Label>`,
    ...(stream.purpose ? PURPOSES[stream.purpose] : [`      <Role schemeIdUri="${ROLE}" value="${role}"/>`]),
    ...representation(
      stream.name,
      `bandwidth="${stream.peakBandwidth}" codecs="${stream.codec}" audioSamplingRate="${AUDIO_RATE}"`,
      track,
      '        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" ' +
        `value="${stream.channels}"/>`,
    ),
    "    </AdaptationSet>",
  ];
}

/** Names of renditions are letters, digits, `-` and `_`: nothing in them needs escaping. */
function representation(
  name: string,
  attributes: string,
  { initName, template, segments, timescale, start }: Described<unknown>["track"],
  ...properties: string[]
): string[] {
  return [
    `      <Representation id="${name}" ${attributes}>`,
    ...properties,
    `        <BaseURL>${name}/</BaseURL>`,
    `        <SegmentTemplate timescale="${timescale}" presentationTimeOffset="${start}" ` +
      `initialization="${initName}" media="${template}">`,
    "          <SegmentTimeline>",
    ...timeline(segments),
    "          </SegmentTimeline>",
    "        </SegmentTemplate>",
    "      </Representation>",
  ];
}

/** Segments of the same length in one line; `r` counts those after the first. Every line has the time that is in the name. */
function timeline(segments: readonly SegmentRecord[]): string[] {
  const runs: { time: number; duration: number; count: number }[] = [];
  for (const { time, duration } of segments) {
    const last = runs.at(-1);
    if (last?.duration === duration && last.time + last.count * duration === time) last.count += 1;
    else runs.push({ time, duration, count: 1 });
  }
  return runs.map(
    ({ time, duration, count }) =>
      `            <S t="${time}" d="${duration}"${count > 1 ? ` r="${count - 1}"` : ""}/>`,
  );
}

function aspect(videos: readonly Described<ManifestRendition>[]): string {
  const { width, height } = videos.reduce(
    (widest, { stream }) => (stream.width > widest.width ? stream : widest),
    videos[0]?.stream ?? { width: 16, height: 9 },
  );
  const divisor = greatestCommonDivisor(width, height);
  return `${width / divisor}:${height / divisor}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function seconds(value: number): string {
  return `PT${Number(value.toFixed(6))}S`;
}
