import type { Plan } from "../../../contract/plan";

/**
 * An expression for the number of the GOP that a shown time is in. Half a tick more keeps a rounding error from putting a
 * picture that is exactly at the start of a GOP into the one before.
 */
export function gopNumber({ gopSeconds, timeline }: Plan, seconds: string): string {
  return `floor((${seconds}+${0.5 / timeline.timescale})/${gopSeconds})`;
}

/**
 * Allows keyframes only where they are forced: at the first picture in each `gopSeconds` of the chunk, and only one there, even
 * after a pause of several GOPs.
 */
export function forceKeyframes(plan: Plan): string[] {
  const expression = `expr:if(isnan(prev_forced_t),1,gt(${gopNumber(plan, "t")},${gopNumber(plan, "prev_forced_t")}))`;
  return ["-g", "100000", "-force_key_frames", expression];
}
