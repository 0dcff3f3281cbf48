import type { PlanSource } from "../../../contract/plan";

/** The ticks from each picture to the next, if pictures get their times by their number, because the source has only some. */
export function ticksApart({ times }: Pick<PlanSource, "times">): number | undefined {
  return typeof times === "object" && "every" in times ? times.every : undefined;
}

/** Numbers pictures if they get their times so. No picture may have been skipped, and the first one has its own time, wherever that is. */
export function evenTimes(source: Pick<PlanSource, "times">): string[] {
  const every = ticksApart(source);
  return every === undefined ? [] : [`setpts=STARTPTS+N*${every}`];
}
