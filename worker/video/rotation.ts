import type { PlanSource } from "../../contract/plan";

const BACK: Record<number, [back: string, again: string]> = {
  90: ["transpose=cclock", "transpose=clock"],
  180: ["hflip,vflip", "hflip,vflip"],
  270: ["transpose=clock", "transpose=cclock"],
};

/**
 * Filters that need pictures as they are stored, with the lines of two fields one below the other. ffmpeg turns pictures
 * upright before any filter sees them; they are turned back, and then upright again.
 */
export function asStored({ turn }: Pick<PlanSource, "turn">, filters: readonly string[]): string[] {
  const turned = turn && !turn.mirrored ? BACK[turn.degrees] : undefined;
  return turned ? [turned[0], ...filters, turned[1]] : [...filters];
}
