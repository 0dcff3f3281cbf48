import { expression, literal } from "./code";
import type { WorkflowArns, WorkflowJob, WorkflowSettings } from "../settings/settings";

/** A URI is `scheme://`, the bucket (empty for files), `/` and the raw key: nothing in it is percent-encoded. */
const BOUND = [
  "$in := $states.input.detail.object.key",
  "? 's3://' & $states.input.detail.bucket.name & '/' & $states.input.detail.object.key",
  ": $states.input.input;",
].join(" ");

const KEY = "$substringAfter($substringAfter($in, '://'), '/')";

const GIVEN_OUTPUT = expression("$exists($states.input.output) ? $states.input.output : null");

const WANTED_INPUT = "An execution needs an input like s3://bucket/key, or an Object Created event of S3.";
const WANTED_OUTPUT = "The output of an execution must be like s3://bucket/prefix.";

/** The video's URI, from the plain form of the input or from an S3 event. Only valid where `$states.input` is the execution's. */
export function inputUri(settings: WorkflowSettings): string {
  return uses(settings, "input") ? expression(`(${BOUND} ${required("$in", WANTED_INPUT)})`) : inputOrNull();
}

/** Where the output goes, without slashes at its end. */
export function outputUri(settings: WorkflowSettings, arns: WorkflowArns): string {
  if (!uses(settings, "output")) return GIVEN_OUTPUT;
  return expression(
    `(${BOUND} ${chosenOutput(settings, arns)} $replace(${required("$out", WANTED_OUTPUT)}, /\\/+$/, ''))`,
  );
}

function chosenOutput(settings: WorkflowSettings, arns: WorkflowArns): string {
  const prefix = literal(`s3://${arns.bucketName ?? ""}/${settings.outputPrefix}`);
  return `$out := $states.input.output ? $states.input.output : $type($in) = 'string' ? ${prefix} & ${KEY};`;
}

/** The same two for the notice of a start with nonsense for input: whatever is there, never an error. */
export function inputOrNull(): string {
  return expression(`(${BOUND} $exists($in) ? $in : null)`);
}

export function outputOrNull(settings: WorkflowSettings, arns: WorkflowArns): string {
  if (!uses(settings, "output")) return GIVEN_OUTPUT;
  const made = "$type($in) = 'string' and $contains($string($in), '://') ? $out : null";
  const out = `$exists($states.input.output) ? $states.input.output : ${made}`;
  return expression(
    `(${BOUND} ${chosenOutput(settings, arns)} $out := ${out}; $type($out) = 'string' ? $replace($out, /\\/+$/, '') : $out)`,
  );
}

/** Without this, a missing value would reach Batch as an empty parameter, and the job would fail for an obscure reason. */
function required(variable: string, wanted: string): string {
  return `($type(${variable}) = 'string' and $contains(${variable}, '://') ? ${variable} : $error(${literal(wanted)}))`;
}

/** Whether a job has a parameter in its command. */
export function uses(settings: WorkflowSettings, parameter: "input" | "output"): boolean {
  return Object.values(settings.jobs).some((job: WorkflowJob | undefined) => job?.parameters.includes(parameter));
}
