import { bind, block, type Code, literal, orElse } from "./code";

const WANTED_INPUT = "The input of an execution must be like s3://bucket/key, or an Object Created event from S3.";
const WANTED_OUTPUT = "The output of an execution must be like s3://bucket/prefix.";

/**
 * The video's URI. Without one, it fails with a sentence for people.
 *
 * Reads `$states.input`, which must be the execution's: `{input}`, or S3's event that an object was created. A URI is
 * `scheme://`, the bucket (empty for files), `/` and the raw key: nothing in it is percent-encoded.
 */
export function inputUri(): Code {
  return block(BIND_INPUT, uriOrError("$in", WANTED_INPUT));
}

/** The input for a notice, whatever it is, or null. Never fails. */
export function inputOrNull(): Code {
  return block(BIND_INPUT, orElse("$in", "null"));
}

/**
 * The output's URI, without slashes at its end. Fails with a sentence for people if it is no URI.
 *
 * Reads `$states.input`, which must be the execution's: its `output` if it has one, otherwise the key of its video is
 * appended to `prefix`.
 */
export function outputUri(prefix: string): Code {
  return block(BIND_INPUT, bindOutput(prefix), `$replace(${uriOrError("$out", WANTED_OUTPUT)}, /\\/+$/, '')`);
}

/** The output for a notice, whatever it is, or null. Never fails. */
export function outputOrNull(prefix: string): Code {
  const made = "$type($in) = 'string' and $contains($string($in), '://') ? $out : null";
  return block(
    BIND_INPUT,
    bindOutput(prefix),
    bind("$out", `$exists($states.input.output) ? $states.input.output : ${made}`),
    "$type($out) = 'string' ? $replace($out, /\\/+$/, '') : $out",
  );
}

/** The output that the execution's input names, or null. Reads `$states.input`. */
export function givenOutput(): Code {
  return orElse("$states.input.output", "null");
}

/** Binds `$in`: what the input names as its video, which may be any value or none. */
const BIND_INPUT = bind(
  "$in",
  [
    "$states.input.detail.object.key",
    "? 's3://' & $states.input.detail.bucket.name & '/' & $states.input.detail.object.key",
    ": $states.input.input",
  ].join(" "),
);

/** Binds `$out`: the output, which may be any value, or none if the input names neither output nor video. */
function bindOutput(prefix: string): Code {
  const key = "$substringAfter($substringAfter($in, '://'), '/')";
  return bind(
    "$out",
    `$states.input.output ? $states.input.output : $type($in) = 'string' ? ${literal(prefix)} & ${key}`,
  );
}

/** Otherwise a missing value would reach Batch as an empty parameter, and the job would fail for an obscure reason. */
function uriOrError(variable: Code, wanted: string): Code {
  return `($type(${variable}) = 'string' and $contains(${variable}, '://') ? ${variable} : $error(${literal(wanted)}))`;
}
