import type { LadderRendition } from "../../contract/plan";

/** The pixels that each side of a picture must have for software encoders. H.264 and VP9 take any size. */
const MINIMUM: Partial<Record<string, number>> = { hevc: 16, av1: 64 };

export function minimumSide({ codec, encoder }: Pick<LadderRendition, "codec" | "encoder">): number {
  return (encoder === undefined && codec !== undefined ? MINIMUM[codec] : undefined) ?? 2;
}
