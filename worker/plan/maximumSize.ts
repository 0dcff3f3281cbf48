import type { LadderRendition } from "../../contract/plan";
import type { DisplaySize } from "./renditions";

/** What x264, libvpx as distributions build it, and SVT-AV1 take; the highest levels of H.264 and HEVC end a little above it. */
const LONGEST_SIDE = 16_384;

/** SVT-AV1 takes pictures no higher than this. */
const HIGHEST: Partial<Record<string, number>> = { av1: 8704 };

/** The largest pictures that the encoders of a codec take. */
export function maximumSize({ codec }: Pick<LadderRendition, "codec">): DisplaySize {
  return { width: LONGEST_SIDE, height: HIGHEST[codec ?? ""] ?? LONGEST_SIDE };
}
