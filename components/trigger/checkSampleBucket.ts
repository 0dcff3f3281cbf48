import type * as pulumi from "@pulumi/pulumi";

import { type Problem, when } from "../rules/problem";
import { isUnknown } from "../rules/received";
import type { StorageSettings } from "../storage/defaults";
import { inputUri } from "../workflow/jsonata/executionInput";
import { usesParameter } from "../workflow/settings/policies";
import type { WorkflowSettings } from "../workflow/settings/settings";
import { SAMPLE } from "./checkSample";
import { evaluateNow } from "./evaluateNow";
import { evaluateSample } from "./evaluateSample";

/** The buckets that jobs may read. */
export interface ReadableBuckets {
  names: pulumi.Input<string>[];
  /** What AWS's name for the bucket that the pipeline creates has in it. Absent with an existing bucket. */
  created?: string;
}

export function readableBuckets(name: string, { bucket, inputBuckets }: StorageSettings): ReadableBuckets {
  return bucket === undefined
    ? { names: inputBuckets, created: `${name}-bucket` }
    : { names: [bucket, ...inputBuckets] };
}

/** The same without names that come out of other resources. */
export function knownBuckets(buckets: ReadableBuckets): ReadableBuckets {
  return { ...buckets, names: buckets.names.filter((name) => !isUnknown(name)) };
}

/**
 * Jobs have to be able to read the sample's video. A name that isn't known yet may be its bucket's. The bucket that the pipeline creates
 * gets its name only with the first deployment, when the sample is already there: any name like it will do.
 */
export function checkSampleBucket(
  sample: object,
  workflow: WorkflowSettings,
  { names, created }: ReadableBuckets,
): Problem[] {
  const { uri, bucket } = videoOf(sample, workflow);
  if (bucket === undefined || names.some((name) => isUnknown(name) || name === bucket)) return [];
  const like =
    created === undefined ? "" : `, or, for the bucket that the pipeline creates, use a name with ${created} in it`;
  return when(created === undefined || !bucket.includes(created), {
    path: SAMPLE,
    rule: "must have its video in the pipeline's bucket or one of storage.inputBuckets, which jobs may read",
    received: uri,
    remedy: `Add ${bucket} to storage.inputBuckets${like}.`,
  });
}

/** Nothing where no job reads a video, or where it isn't in S3. */
function videoOf(sample: object, workflow: WorkflowSettings): { uri?: string; bucket?: string } {
  if (!usesParameter(workflow, "input")) return {};
  const { value: input, context } = evaluateSample(sample, workflow);
  const { value: uri } = evaluateNow(inputUri(), { input, context });
  if (typeof uri !== "string") return {};
  const [, bucket] = /^s3:\/\/([^/]+)\//.exec(uri) ?? [];
  return { uri, bucket };
}
