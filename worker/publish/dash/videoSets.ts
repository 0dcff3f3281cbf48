import { reducedRatio } from "../../source/picture/reducedRatio";
import type { RenditionColour } from "../../../contract/plan";
import { byFamily } from "../hls/playability";
import type { RenditionStream } from "../manifest/streams";
import type { AdaptationSet } from "./mpd";
import type { AddressedTrack } from "./representation";
import { representation } from "./representation";

/** A rendition's track, and what the manifest says about it. */
interface Video {
  track: AddressedTrack;
  stream: RenditionStream;
}

/** An adaptation set for each kind of decoder and display: players switch within one. */
export function videoSets(videos: readonly Video[], frameRate: readonly [number, number]): AdaptationSet[] {
  return byFamily(
    videos,
    ({ stream: { codec, range } }) => (range === "SDR" ? { codec } : { codec, range }),
    ({ stream }) => stream.peakBandwidth,
  ).map((family) => (id) => videoSet(family, id, frameRate.join("/")));
}

function videoSet(videos: readonly Video[], id: number, frameRate: string): string[] {
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

/** Code points of ISO/IEC 23091-2 for primaries, transfer characteristics and matrix. */
const COLOURS: Record<RenditionColour["range"], [number, number, number]> = {
  SDR: [1, 1, 1],
  PQ: [9, 16, 9],
  HLG: [9, 18, 9],
};
const COLOUR_PROPERTIES = ["ColourPrimaries", "TransferCharacteristics", "MatrixCoefficients"];

/** The properties are essential for HDR, so that a player that can't show it doesn't choose it. */
function colourProperties(range: RenditionColour["range"]): string[] {
  const kind = range === "SDR" ? "SupplementalProperty" : "EssentialProperty";
  return COLOUR_PROPERTIES.map(
    (name, index) => `      <${kind} schemeIdUri="urn:mpeg:mpegB:cicp:${name}" value="${COLOURS[range][index]}"/>`,
  );
}

function aspect(videos: readonly Video[]): string {
  const { width, height } = videos.reduce(
    (widest, { stream }) => (stream.width > widest.width ? stream : widest),
    videos[0]?.stream ?? { width: 16, height: 9 },
  );
  return reducedRatio(width, height).join(":");
}
