import { type Code, list, literal } from "./code";

/** The plan. Reads `$states.result`, the object that contains it. */
const PLAN = "$parse($states.result.Body)";

/** The fingerprint of the plan. Reads `$states.result`, as the next three do. */
export function planFingerprint(): Code {
  return `${PLAN}.fingerprint`;
}

/** The names of the renditions that have jobs of their own, as an array. */
export function plannedRenditions(): Code {
  // The brackets keep a single value an array. Jobs of another rendition encode those with `encodedWith`.
  return list(`${PLAN}.renditions[$not($exists(encodedWith))].name`);
}

/** The number of chunks of each part in the plan, as an array. */
export function plannedChunks(): Code {
  return list(`${PLAN}.parts.chunks`);
}

/** Whether there is sound to encode. */
export function plannedSound(): Code {
  return `$exists(${PLAN}.audio)`;
}

/** Whether the plan has a rendition. Reads `$renditions`. */
export function isPlanned(rendition: string): Code {
  return `${literal(rendition)} in $renditions`;
}

/** Whether the plan has a part. Reads `$chunks`; parts count from 1. */
export function hasPart(part: number): Code {
  return `$count($chunks) >= ${part}`;
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
