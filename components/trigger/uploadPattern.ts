import type { UploadFilter } from "./defaults";

/** The most that EventBridge takes for a rule's pattern. */
export const LONGEST_PATTERN = 2048;

type Matcher = string | Record<string, unknown>;

/**
 * The events of S3 that start an execution. Of the matchers for one field, one has to fit; there is no "and" among them. So
 * beginning and end of a key go into one wildcard, and outputs are kept out by their beginning.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function uploadPattern(
  filter: UploadFilter,
  buckets: string[],
  outputPrefix: string,
  ownBucket?: string,
): object {
  // The validation can't see names that come out of other resources.
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
      object: { key: keyMatchers(filter, outputPrefix) },
      ...sizeMatchers(filter.minimumBytes),
    },
  };
}

/** Whether keys with this beginning could be those of outputs. */
export function mayBeOutput(prefix: string, outputPrefix: string): boolean {
  return prefix.startsWith(outputPrefix) || outputPrefix.startsWith(prefix);
}

function keyMatchers({ prefixes, suffixes }: UploadFilter, outputPrefix: string): Matcher[] {
  if (prefixes.includes("")) {
    // A bucket that is not the pipeline's, so that no output is in it.
    return suffixes.length > 0
      ? suffixes.map((suffix) => ({ suffix }))
      : [{ "anything-but": { prefix: outputPrefix } }];
  }
  if (suffixes.length === 0) return prefixes.map((prefix) => ({ prefix }));
  return prefixes.flatMap((prefix) =>
    suffixes.map((suffix) => ({ wildcard: `${literally(prefix)}*${literally(suffix)}` })),
  );
}

/**
 * EventBridge compares numbers up to five billion, and larger ones with none: a rule for sizes alone would miss every file
 * of more than 5 GB. S3 takes those in parts, but for single requests of up to 5 GiB, which no pattern can tell from small ones.
 * @see https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/ComparableNumber.java
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
function sizeMatchers(minimumBytes: number): object {
  if (minimumBytes === 0) return {};
  return {
    $or: [{ object: { size: [{ numeric: [">=", minimumBytes] }] } }, { reason: ["CompleteMultipartUpload"] }],
  };
}

function literally(text: string): string {
  return text.replace(/[\\*]/g, "\\$&");
}
