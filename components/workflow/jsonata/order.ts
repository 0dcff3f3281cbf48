import { type Code, list, literal, object, orElse } from "./code";

/** The order. Reads `$states.result`, the object that contains it. */
const ORDER = "$parse($states.result.Body)";

/** The fingerprint of the plan that the execution works for. Reads `$states.result`, as the next five do. */
export function orderedPlan(): Code {
  return `${ORDER}.plan.fingerprint`;
}

/** The number of renditions in the plan that have jobs of their own. */
export function orderedRenditions(): Code {
  return `${ORDER}.renditions`;
}

/** The number of chunks of each part in the plan, as an array. */
export function orderedChunks(): Code {
  return `${ORDER}.chunks`;
}

/** The names of the steps that have something to do, as an array. */
export function orderedSteps(): Code {
  return `${ORDER}.todo`;
}

/** The renditions that are encoded by the jobs of another one, by that one's name. */
export function orderedTogether(): Code {
  const together = `${ORDER}.encodedTogether`;
  return orElse(together, object({}));
}

/** The audio tracks that are left out, as an array. */
export function orderedOmissions(): Code {
  return list(`${ORDER}.leftOut`);
}

/** What is known to be damaged before anything is decoded, as a report or an object without members. */
export function orderedDamage(): Code {
  return `$merge(${list(`${ORDER}.damage`)})`;
}

/** Whether a step has something to do. Reads `$todo`. */
export function isOrdered(step: string): Code {
  return `${literal(step)} in $todo`;
}

/**
 * The arguments of a submit for the chunks of a part: an array job, or a plain job for a single chunk, because an array
 * has at least two. It is one expression, because no value of JSONata leaves a field out of a template.
 *
 * Reads `$chunks`; `submit` yields the arguments of the plain job.
 */
export function submitChunks(submit: Code, part: number): Code {
  const size = `$chunks[${part - 1}]`;
  return `$merge([${submit}, ${size} > 1 ? {'ArrayProperties': {'Size': ${size}}} : {}])`;
}
