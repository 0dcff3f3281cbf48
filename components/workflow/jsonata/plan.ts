import { type Code, list, literal } from "./code";

/** The plan. Reads `$states.result`, the object that it was read from. */
const PLAN = "$parse($states.result.Body)";

/** What tells a plan from all others. Reads `$states.result`, as do the next three. */
export function planFingerprint(): Code {
  return `${PLAN}.fingerprint`;
}

/** The names of the renditions that have jobs of their own, as an array. */
export function plannedRenditions(): Code {
  // In brackets, because JSONata takes a list of one for the one. Without those that the jobs of others encode too.
  return list(`${PLAN}.renditions[$not($exists(encodedWith))].name`);
}

/** The number of chunks of each part that the video is long enough for, as an array. */
export function plannedChunks(): Code {
  return list(`${PLAN}.parts.chunks`);
}

/** Whether there is sound to encode. */
export function plannedSound(): Code {
  return `$exists(${PLAN}.audio)`;
}

/** Whether a rendition is made of this video, which may be smaller. Reads `$renditions`. */
export function isPlanned(rendition: string): Code {
  return `${literal(rendition)} in $renditions`;
}

/** Whether this video is long enough for a part. Reads `$chunks`; parts count from 1. */
export function hasPart(part: number): Code {
  return `$count($chunks) >= ${part}`;
}

/**
 * The arguments of a submit for the chunks of a part: an array job, or a plain one where there is one chunk, as the
 * size of an array is at least two. JSONata has no value that leaves a field out of a template, which is why they are
 * one expression.
 *
 * Reads `$chunks`; `submit` yields the arguments of the plain job.
 */
export function submitChunks(submit: Code, part: number): Code {
  const size = `$chunks[${part - 1}]`;
  return `$merge([${submit}, ${size} > 1 ? {'ArrayProperties': {'Size': ${size}}} : {}])`;
}
