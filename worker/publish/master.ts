import type { AudioPurpose, RenditionColour } from "../../contract/plan";
import type { Fingerprinted } from "../../contract/outputs";
import { AUDIO, IFRAMES, PLAYLIST } from "../../contract/outputs";
import { languageTag } from "../plan/language";
import type { Bandwidth } from "./bandwidth";
import type { Demands } from "./playability";
import { byFamily } from "./playability";
import { lines } from "./playlist";

export interface Variant {
  name: string;
  width: number;
  height: number;
  frameRate: readonly [number, number];
  codec: string;
  range?: RenditionColour["range"];
  bandwidth: Bandwidth;
  /** Of its playlist of keyframes. Absent while there is none. */
  iframeBandwidth?: Bandwidth;
}

/** A track of sound. All of them are in one group, and go with every rendition. */
export interface AudioRendition {
  name: string;
  label: string;
  language?: string;
  purpose?: AudioPurpose;
  channels: number;
  codec: string;
  bandwidth: Bandwidth;
}

/** A comment line, which players skip: it tells jobs whose playlist this is. */
export function planRemark({ fingerprint }: Fingerprinted): string {
  return `# plan ${fingerprint}`;
}

/** The remark in what packaging wrote: it does not grow any more. */
export function finalRemark(plan: Fingerprinted): string {
  return `${planRemark(plan)}, complete`;
}

/**
 * The playlist that a player opens: every rendition, and the tracks of sound that go with each, the default one first.
 * Renditions that a player can switch among are together.
 *
 * @param remarks Comment lines, which players skip.
 */
export function masterPlaylist(
  variants: readonly Variant[],
  audio: readonly AudioRendition[],
  ...remarks: string[]
): string {
  const ordered = byFamily(variants, demandsOf, ({ bandwidth }) => bandwidth.peak).flat();
  return lines(
    "#EXTM3U",
    ...remarks,
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...audioMedia(audio),
    ...ordered.flatMap((variant) => [streamInformation(variant, audio), `${variant.name}/${PLAYLIST}`]),
    ...ordered.flatMap(iframeInformation),
  );
}

/**
 * Players choose by themselves only the first track of each language, and a description for who can't see the video; the
 * default one before any other (RFC 8216, 4.3.4.1).
 */
function audioMedia(audio: readonly AudioRendition[]): string[] {
  const offered = new Set<string>();
  return audio.map(({ name, label, language, purpose, channels }, index) => {
    const tag = languageTag(language);
    const kind = [tag, purpose].join();
    const chosen = index === 0 || (purpose !== "commentary" && tag !== undefined && !offered.has(kind));
    offered.add(kind);
    const attributes = [
      `TYPE=AUDIO,GROUP-ID="${AUDIO}",NAME="${label}"`,
      ...(tag ? [`LANGUAGE="${tag}"`] : []),
      `DEFAULT=${yes(index === 0)},AUTOSELECT=${yes(chosen)}`,
      ...(purpose === "description" ? ['CHARACTERISTICS="public.accessibility.describes-video"'] : []),
      `CHANNELS="${channels}",URI="${name}/${PLAYLIST}"`,
    ];
    return `#EXT-X-MEDIA:${attributes.join(",")}`;
  });
}

function yes(value: boolean): string {
  return value ? "YES" : "NO";
}

function demandsOf({ codec, range }: Variant): Demands {
  return range === "PQ" || range === "HLG" ? { codec, range } : { codec };
}

/** Bandwidths are of picture and sound together, with the most demanding track. */
function streamInformation(variant: Variant, audio: readonly AudioRendition[]): string {
  const [numerator, denominator] = variant.frameRate;
  const highest = (rate: keyof Bandwidth): number => Math.max(0, ...audio.map(({ bandwidth }) => bandwidth[rate]));
  const attributes = [
    `BANDWIDTH=${variant.bandwidth.peak + highest("peak")}`,
    `AVERAGE-BANDWIDTH=${variant.bandwidth.average + highest("average")}`,
    `CODECS="${[...new Set([variant.codec, ...audio.map(({ codec }) => codec)])].join(",")}"`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${(numerator / denominator).toFixed(3)}`,
    `VIDEO-RANGE=${variant.range ?? "SDR"}`,
    ...(audio.length > 0 ? [`AUDIO="${AUDIO}"`] : []),
  ];
  return `#EXT-X-STREAM-INF:${attributes.join(",")}`;
}

/** Keyframes have no sound and no frame rate. */
function iframeInformation({ name, width, height, codec, range, iframeBandwidth }: Variant): string[] {
  if (!iframeBandwidth) return [];
  const attributes = [
    `BANDWIDTH=${iframeBandwidth.peak}`,
    `AVERAGE-BANDWIDTH=${iframeBandwidth.average}`,
    `CODECS="${codec}"`,
    `RESOLUTION=${width}x${height}`,
    `VIDEO-RANGE=${range ?? "SDR"}`,
    `URI="${name}/${IFRAMES}"`,
  ];
  return [`#EXT-X-I-FRAME-STREAM-INF:${attributes.join(",")}`];
}
