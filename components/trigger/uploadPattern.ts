import type { UploadFilter } from "./defaults";

type Matcher = string | Record<string, unknown>;

/**
 * The events of S3 that start an execution. One of the matchers for a field has to match; they can't be combined by "and". So
 * prefix and suffix of a key become one wildcard, and outputs are kept out by their prefix.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function uploadPattern(filter: UploadFilter, buckets: string[], ownBucket?: string): object {
  // The checks can't see names that come out of other resources.
  if (filter.prefixes.includes("") && ownBucket !== undefined && buckets.includes(ownBucket)) {
    throw new Error(
      `trigger.uploads.prefixes must not be empty for the pipeline's own bucket ${ownBucket}: its outputs would start executions.`,
    );
  }
  return {
    "source": ["aws.s3"],
    // All ways of making an object: PutObject, POST, CopyObject, CompleteMultipartUpload.
    "detail-type": ["Object Created"],
    "detail": {
      bucket: { name: buckets },
      object: { key: keyMatchers(filter) },
      ...sizeMatchers(filter.minimumBytes),
    },
  };
}

/** Whether keys with this prefix could be those of outputs. */
export function mayBeOutput(prefix: string, outputPrefix: string): boolean {
  return prefix.startsWith(outputPrefix) || outputPrefix.startsWith(prefix);
}

function keyMatchers({ prefixes, suffixes, outputPrefix }: UploadFilter): Matcher[] {
  if (prefixes.includes("")) {
    // Not the pipeline's own bucket, so no output is in it.
    return suffixes.length > 0
      ? suffixes.map((suffix) => ({ suffix }))
      : [{ "anything-but": { prefix: outputPrefix } }];
  }
  if (suffixes.length === 0) return prefixes.map((prefix) => ({ prefix }));
  return prefixes.flatMap((prefix) =>
    suffixes.map((suffix) => ({ wildcard: `${escapeWildcards(prefix)}*${escapeWildcards(suffix)}` })),
  );
}

/**
 * EventBridge compares numbers up to five billion only: a rule for sizes alone would miss every file of more than 5 GB. S3 takes those
 * as multipart uploads, except for single requests of up to 5 GiB, which no pattern can tell from small ones.
 * @see https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/ComparableNumber.java
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
function sizeMatchers(minimumBytes: number): object {
  if (minimumBytes === 0) return {};
  return {
    $or: [{ object: { size: [{ numeric: [">=", minimumBytes] }] } }, { reason: ["CompleteMultipartUpload"] }],
  };
}

function escapeWildcards(text: string): string {
  return text.replace(/[\\*]/g, "\\$&");
}
