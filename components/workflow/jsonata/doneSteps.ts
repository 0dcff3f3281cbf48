import { bind, block, type Code, list, literal, object } from "./code";

/**
 * `{bucket, prefix}` of the objects that say which steps an execution has done. A file has an empty bucket, and its
 * path without the first slash for a prefix.
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

/** The key of the object that says that a step is done. Reads `$doneIn`. */
export function doneKey(step: string): Code {
  return `${DONE_PREFIX} & ${literal(step)}`;
}

/**
 * The names of the steps that are done, as an array. Reads `$states.result`, a listing of their objects, which has no
 * `Contents` when there are none.
 */
export function doneSteps(): Code {
  // In brackets, because JSONata takes a list of one for the one.
  return list("$states.result.Contents.($split(Key, '/')[-1])");
}

/** Whether an earlier attempt of this execution has done a step. Reads `$done`. */
export function isDone(step: string): Code {
  return `${literal(step)} in $done`;
}
