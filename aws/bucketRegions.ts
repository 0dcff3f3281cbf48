import { bucketRegion } from "../contract/s3";
import type { Account } from "./account";

/** The buckets of an execution's input and output, as URIs. */
export interface ExecutionBuckets {
  input: string;
  /** Absent for the pipeline's own bucket. */
  output?: string;
}

/** S3 answers at once, or else nobody waits for it. */
const LONGEST_WAIT_MS = 5_000;

/** Says what it means for an execution that a bucket is in another region than the pipeline: a sentence for each. Never fails. */
export async function warnOfRegions(
  account: Account,
  pipeline: string,
  { input, output }: ExecutionBuckets,
): Promise<string[]> {
  const [source, target] = [bucketOf(input), output === undefined ? undefined : bucketOf(output)];
  const buckets = [source, ...(target === undefined || target === source ? [] : [target])];
  const found = await Promise.all(buckets.map(async (bucket) => ({ bucket, ...(await locate(account, bucket)) })));
  return found.flatMap(({ bucket, region, problem }) => {
    if (problem !== undefined) return problem;
    if (region === pipeline) return [];
    const where = `The bucket ${bucket} is in ${region}, and the pipeline in ${pipeline}`;
    return [
      ...(bucket === source
        ? [
            `${where}: every job reads the video across regions, at 0.01 to 0.15 USD per GB, about once for each rendition. A copy in ${pipeline} costs that only once.`,
          ]
        : []),
      ...(bucket === target
        ? [
            `${where}: Step Functions reads the plan only in its own region, so the execution will fail. Name an output in ${pipeline}.`,
          ]
        : []),
    ];
  });
}

/** Any answer of S3 names the region of a bucket that exists, even one that denies access. */
async function locate(account: Account, bucket: string): Promise<{ region?: string; problem?: string }> {
  const abortSignal = AbortSignal.timeout(LONGEST_WAIT_MS);
  try {
    return await account.s3(async (sdk, client) => {
      try {
        const { BucketRegion } = await client.send(new sdk.HeadBucketCommand({ Bucket: bucket }), { abortSignal });
        return { region: BucketRegion };
      } catch (error) {
        if (error instanceof sdk.NotFound) return { problem: `There is no bucket ${bucket}: the execution will fail.` };
        const region = bucketRegion(error);
        if (region === undefined) throw error;
        return { region };
      }
    });
  } catch (error) {
    const { $metadata, message } = error as Error & { $metadata?: { httpStatusCode?: number } };
    // The answer to HEAD has no body, so the SDK has no message for it.
    const status = $metadata?.httpStatusCode;
    const reason = status === undefined ? message : `S3 answered with ${status}.`;
    return { problem: `The region of the bucket ${bucket} could not be determined: ${reason}` };
  }
}

function bucketOf(uri: string): string {
  return uri.slice("s3://".length).split("/")[0] as string;
}
