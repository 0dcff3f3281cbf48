import { bind, block, type Code, list, literal, object } from "./code";

/**
 * The `{bucket, prefix}` of the objects that record an execution's completed steps. For files, the bucket is empty and
 * the prefix is the path without its first slash.
 *
 * Reads `$states.context`; `output` yields the execution's output.
 */
export function doneLocation(output: Code, folder: string): Code {
  return block(
    bind("$at", `$substringAfter(${output}, '://') & ${literal(`/${folder}`)} & $states.context.Execution.Name & '/'`),
    object({ bucket: "$substringBefore($at, '/')", prefix: "$substringAfter($at, '/')" }),
  );
}

/** The bucket of `doneLocation`. Reads `$doneIn`. */
export const DONE_BUCKET: Code = "$doneIn.bucket";

/** The prefix of `doneLocation`. Reads `$doneIn`. */
export const DONE_PREFIX: Code = "$doneIn.prefix";

/** The key of the object that records a step. Reads `$doneIn`. */
export function doneKey(step: string): Code {
  return `${DONE_PREFIX} & ${literal(step)}`;
}

/**
 * The names of the completed steps, as an array. Reads `$states.result`, the listing of their objects, which has no
 * `Contents` if there are none.
 */
export function doneSteps(): Code {
  // The brackets keep a single value an array.
  return list("$states.result.Contents.($split(Key, '/')[-1])");
}

/** Whether a step was completed before a redrive. Reads `$done`. */
export function isDone(step: string): Code {
  return `${literal(step)} in $done`;
}
