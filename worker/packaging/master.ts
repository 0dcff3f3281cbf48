import type { LadderAudio } from "../../components/workflow/plan";
import { AUDIO, PLAYLIST } from "../output/paths";
import type { Bandwidth } from "./bandwidth";
import { lines } from "./playlist";

export interface Variant {
  name: string;
  width: number;
  height: number;
  frameRate: readonly [number, number];
  codec: string;
  bandwidth: Bandwidth;
}

export interface AudioGroup extends LadderAudio {
  codec: string;
  bandwidth: Bandwidth;
}

/** The playlist that a player opens: every rendition, and the sound that goes with each. */
export function masterPlaylist(variants: readonly Variant[], audio: AudioGroup | undefined): string {
  return lines(
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...(audio ? [audioMedia(audio)] : []),
    ...variants.flatMap((variant) => [streamInformation(variant, audio), `${variant.name}/${PLAYLIST}`]),
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
