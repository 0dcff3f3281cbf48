import type { PlanSource, Turn } from "../../../contract/plan";

/** By the degrees of a rotation: filters that undo it, and filters that do it again. */
const ROTATIONS: Record<number, [undo: string, redo: string]> = {
  90: ["transpose=cclock", "transpose=clock"],
  180: ["hflip,vflip", "hflip,vflip"],
  270: ["transpose=clock", "transpose=cclock"],
};

/** By the degrees of a rotation of mirrored pictures: the filter that undoes both, and does both again. */
const MIRRORED: Record<number, string> = {
  0: "vflip",
  90: "transpose=cclock_flip",
  180: "hflip",
  270: "transpose=clock_flip",
};

/**
 * Applies filters that need pictures as they are stored, with the lines of the two fields alternating from top to bottom.
 * ffmpeg rotates pictures before any filter sees them; that is undone before the filters, and done again after them.
 */
export function applyToStoredPictures(
  { turn: rotation }: Pick<PlanSource, "turn">,
  filters: readonly string[],
): string[] {
  const around = rotation && aroundFilters(rotation);
  return around ? [around[0], ...filters, around[1]] : [...filters];
}

function aroundFilters({ degrees, mirrored }: Turn): [undo: string, redo: string] | undefined {
  const same = mirrored ? MIRRORED[degrees] : undefined;
  return same === undefined ? ROTATIONS[degrees] : [same, same];
}
