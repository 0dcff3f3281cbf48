import type { Plan } from "../../../contract/plan";

/**
 * The time at which a picture is shown, as the number of the GOP that it is in. Half a tick keeps a picture that is
 * exactly on the border from falling before it by a rounding error.
 */
export function gopOf({ gopSeconds, timeline }: Plan, seconds: string): string {
  return `floor((${seconds}+${0.5 / timeline.timescale})/${gopSeconds})`;
}

/**
 * Closed GOPs, with keyframes only where they are forced: at the first picture of each `gopSeconds` of the chunk, and
 * only one there, even after a pause of several.
 */
export function forcedKeyframes(plan: Plan): string[] {
  const expression = `expr:if(isnan(prev_forced_t),1,gt(${gopOf(plan, "t")},${gopOf(plan, "prev_forced_t")}))`;
  return ["-g", "100000", "-force_key_frames", expression];
}
