import type { LadderAudio } from "../../components/workflow/plan";
import { AUDIO, IFRAMES, PLAYLIST } from "../output/paths";
import type { Bandwidth } from "./bandwidth";
import { lines } from "./playlist";

export interface Variant {
  name: string;
  width: number;
  height: number;
  frameRate: readonly [number, number];
  codec: string;
  bandwidth: Bandwidth;
  /** Of its playlist of keyframes. Absent while there is none. */
  iframeBandwidth?: Bandwidth;
}

export interface AudioGroup extends LadderAudio {
  codec: string;
  bandwidth: Bandwidth;
}

/**
 * The playlist that a player opens: every rendition, and the sound that goes with each.
 *
 * @param remarks Comment lines, which players skip.
 */
export function masterPlaylist(
  variants: readonly Variant[],
  audio: AudioGroup | undefined,
  ...remarks: string[]
): string {
  return lines(
    "#EXTM3U",
    ...remarks,
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...(audio ? [audioMedia(audio)] : []),
    ...variants.flatMap((variant) => [streamInformation(variant, audio), `${variant.name}/${PLAYLIST}`]),
    ...variants.flatMap(iframeInformation),
  );
}

function audioMedia({ channels }: AudioGroup): string {
  return (
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${AUDIO}",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,` +
    `CHANNELS="${channels}",URI="${AUDIO}/${PLAYLIST}"`
  );
}

/** Bandwidths are of picture and sound together. */
function streamInformation(variant: Variant, audio: AudioGroup | undefined): string {
  const [numerator, denominator] = variant.frameRate;
  const attributes = [
    `BANDWIDTH=${variant.bandwidth.peak + (audio?.bandwidth.peak ?? 0)}`,
    `AVERAGE-BANDWIDTH=${variant.bandwidth.average + (audio?.bandwidth.average ?? 0)}`,
    `CODECS="${[variant.codec, ...(audio ? [audio.codec] : [])].join(",")}"`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${(numerator / denominator).toFixed(3)}`,
    ...(audio ? [`AUDIO="${AUDIO}"`] : []),
  ];
  return `#EXT-X-STREAM-INF:${attributes.join(",")}`;
}

/** Keyframes have no sound and no frame rate. */
function iframeInformation({ name, width, height, codec, iframeBandwidth }: Variant): string[] {
  if (!iframeBandwidth) return [];
  const attributes = [
    `BANDWIDTH=${iframeBandwidth.peak}`,
    `AVERAGE-BANDWIDTH=${iframeBandwidth.average}`,
    `CODECS="${codec}"`,
    `RESOLUTION=${width}x${height}`,
    `URI="${name}/${IFRAMES}"`,
  ];
  return [`#EXT-X-I-FRAME-STREAM-INF:${attributes.join(",")}`];
}
