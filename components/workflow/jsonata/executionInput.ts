import { bind, block, type Code, literal, orElse } from "./code";

const WANTED_INPUT = "An execution needs an input like s3://bucket/key, or an Object Created event of S3.";
const WANTED_OUTPUT = "The output of an execution must be like s3://bucket/prefix.";

/**
 * The video's URI. Fails with a sentence for people when there is none.
 *
 * Reads `$states.input`, which must be the execution's: `{input}`, or S3's event that an object was created. A URI is
 * `scheme://`, the bucket (empty for files), `/` and the raw key: nothing in it is percent-encoded.
 */
export function inputUri(): Code {
  return block(BIND_INPUT, uriOrError("$in", WANTED_INPUT));
}

/** The same for a notice about an input that may be anything: what was given, or null. Never fails. */
export function inputOrNull(): Code {
  return block(BIND_INPUT, orElse("$in", "null"));
}

/**
 * Where the output goes, without slashes at its end. Fails with a sentence for people when that is no URI.
 *
 * Reads `$states.input`, which must be the execution's: its `output` if it has one, otherwise the key of its video is
 * appended to `prefix`.
 */
export function outputUri(prefix: string): Code {
  return block(BIND_INPUT, bindOutput(prefix), `$replace(${uriOrError("$out", WANTED_OUTPUT)}, /\\/+$/, '')`);
}

/** The same for a notice about an input that may be anything: what was given, or null. Never fails. */
export function outputOrNull(prefix: string): Code {
  const made = "$type($in) = 'string' and $contains($string($in), '://') ? $out : null";
  return block(
    BIND_INPUT,
    bindOutput(prefix),
    bind("$out", `$exists($states.input.output) ? $states.input.output : ${made}`),
    "$type($out) = 'string' ? $replace($out, /\\/+$/, '') : $out",
  );
}

/** What an execution's input has as its output, or null. Reads `$states.input`. */
export function givenOutput(): Code {
  return orElse("$states.input.output", "null");
}

/** `$in`: what names the video, text or nonsense; no value where nothing does. */
const BIND_INPUT = bind(
  "$in",
  [
    "$states.input.detail.object.key",
    "? 's3://' & $states.input.detail.bucket.name & '/' & $states.input.detail.object.key",
    ": $states.input.input",
  ].join(" "),
);

/** `$out`: where the output goes, text or nonsense; no value where neither an output nor a video is named. */
function bindOutput(prefix: string): Code {
  const key = "$substringAfter($substringAfter($in, '://'), '/')";
  return bind(
    "$out",
    `$states.input.output ? $states.input.output : $type($in) = 'string' ? ${literal(prefix)} & ${key}`,
  );
}

/** Without this, a missing value would reach Batch as an empty parameter, and the job would fail for an obscure reason. */
function uriOrError(variable: Code, wanted: string): Code {
  return `($type(${variable}) = 'string' and $contains(${variable}, '://') ? ${variable} : $error(${literal(wanted)}))`;
}
