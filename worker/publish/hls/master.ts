import type { RenditionColour } from "../../../contract/plan";
import type { Fingerprinted } from "../../../contract/outputs";
import { IFRAMES, PLAYLIST } from "../../../contract/outputs";
import type { Bandwidth } from "./bandwidth";
import type { Demands } from "./playability";
import { byFamily } from "./playability";
import { lines } from "./playlist";

/** A rendition in the master playlist. */
export interface Variant {
  name: string;
  width: number;
  height: number;
  frameRate: readonly [number, number];
  codec: string;
  range?: RenditionColour["range"];
  bandwidth: Bandwidth;
  /** Bandwidth of its playlist of keyframes. Absent while there is none. */
  iframeBandwidth?: Bandwidth;
}

/** Alternative tracks, one of which is played with each variant. */
export interface MediaGroup {
  type: "AUDIO" | "SUBTITLES" | "CLOSED-CAPTIONS";
  id: string;
  /** The `EXT-X-MEDIA` line of each track. */
  rows: string[];
  codecs: string[];
  bandwidths: Bandwidth[];
}

/** A comment line, which players skip. Jobs see by it which plan a playlist belongs to. */
export function planRemark({ fingerprint }: Fingerprinted): string {
  return `# plan ${fingerprint}`;
}

/** The remark in the final playlist, which no longer grows. */
export function finalRemark(plan: Fingerprinted): string {
  return `${planRemark(plan)}, complete`;
}

/**
 * The playlist that a player opens: every rendition, and the groups of tracks that go with each. Renditions between which a player
 * can switch are listed together.
 *
 * @param remarks Comment lines, which players skip.
 */
export function masterPlaylist(
  variants: readonly Variant[],
  groups: readonly MediaGroup[],
  ...remarks: string[]
): string {
  const ordered = byFamily(variants, demandsOf, ({ bandwidth }) => bandwidth.peak).flat();
  return lines([
    "#EXTM3U",
    ...remarks,
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...groups.flatMap(({ rows }) => rows),
    ...ordered.flatMap((variant) => [streamInformation(variant, groups), `${variant.name}/${PLAYLIST}`]),
    ...ordered.flatMap(iframeInformation),
  ]);
}

function demandsOf({ codec, range }: Variant): Demands {
  return range === "PQ" || range === "HLG" ? { codec, range } : { codec };
}

/** Bandwidths include the most demanding track of each group. */
function streamInformation(variant: Variant, groups: readonly MediaGroup[]): string {
  const [numerator, denominator] = variant.frameRate;
  const total = (rate: keyof Bandwidth): number =>
    groups.reduce(
      (sum, { bandwidths }) => sum + Math.max(0, ...bandwidths.map((bandwidth) => bandwidth[rate])),
      variant.bandwidth[rate],
    );
  const attributes = [
    `BANDWIDTH=${total("peak")}`,
    `AVERAGE-BANDWIDTH=${total("average")}`,
    `CODECS="${[...new Set([variant.codec, ...groups.flatMap(({ codecs }) => codecs)])].join(",")}"`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${(numerator / denominator).toFixed(3)}`,
    `VIDEO-RANGE=${variant.range ?? "SDR"}`,
    ...groups.map(({ type, id }) => `${type}="${id}"`),
    // Apple's authoring rules ask for it: Safari would otherwise look for captions among the pictures, and offer them.
    ...(groups.some(({ type }) => type === "CLOSED-CAPTIONS") ? [] : ["CLOSED-CAPTIONS=NONE"]),
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
