import type { PlanSource, TimeGap } from "../../../contract/plan";
import { sumOf } from "../../ffmpeg/sumOf";

/** Whether pictures get their times by their number, because the source has none, or only some. */
export function areNumbered({ times }: Pick<PlanSource, "times">): boolean {
  return typeof times === "object" && "every" in times;
}

/**
 * Counts the times of pictures if they get them so. No picture may have been skipped. Unless reading begins with the first one, the first
 * has its own time, wherever that is; only before a gap ffmpeg gives it one that is later by the gap.
 *
 * @param from Reading begins no earlier.
 * @param until Later pictures aren't needed.
 */
export function evenTimes({ times }: Pick<PlanSource, "times">, from = -Infinity, until = Infinity): string[] {
  if (typeof times !== "object" || !("every" in times)) return [];
  const { every, gaps = [], from: first } = times;
  if (first !== undefined) return [`setpts=${first}+N*${every}`];
  const near = gaps.filter(({ after, ticks }) => after + ticks >= from && after < until);
  if (near.length === 0) return [`setpts=STARTPTS+N*${every}`];
  const sum = (term: (gap: TimeGap) => string): string => sumOf(near.map(term));
  const begin = `PTS-${sum(({ after, ticks }) => `${ticks}*eq(PTS,${after + ticks})`)}`;
  const next = `PREV_OUTPTS+${every}+${sum(({ after, ticks }) => `${ticks}*eq(PREV_OUTPTS,${after})`)}`;
  return [`setpts='if(eq(N,0),${begin},${next})'`];
}
