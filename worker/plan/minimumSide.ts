import type { LadderRendition } from "../../contract/plan";

/** Pixels that each side of a picture has at least, of encoders in software. H.264 and VP9 take any. */
const LEAST: Partial<Record<string, number>> = { hevc: 16, av1: 64 };

export function leastSide({ codec, encoder }: Pick<LadderRendition, "codec" | "encoder">): number {
  return (encoder === undefined && codec !== undefined ? LEAST[codec] : undefined) ?? 2;
}
