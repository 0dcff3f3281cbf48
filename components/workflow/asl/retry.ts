import type { Retrier } from "./states";

/**
 * Trouble of a service, not of the job: a failed job is started again by Batch itself, as its job definition says, and
 * retrying it here too would multiply the attempts.
 */
function serviceTrouble(errors: string[], attempts: number): Retrier[] {
  return [
    {
      ErrorEquals: errors,
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: attempts,
      MaxDelaySeconds: 60,
      JitterStrategy: "FULL",
    },
  ];
}

/** Submitting jobs is what an account is throttled at first. */
export const BATCH_TROUBLE = serviceTrouble(["Batch.AWSBatchException", "Batch.ServerException"], 6);
export const S3_TROUBLE = serviceTrouble(["S3.S3Exception", "S3.SdkClientException"], 4);
export const SNS_TROUBLE = serviceTrouble(
  ["SNS.AmazonSNSException", "SNS.InternalErrorException", "SNS.ThrottledException"],
  5,
);

/** Seconds that all waits before retries take at most. */
export function longestWait(retriers: Retrier[]): number {
  return retriers.reduce(
    (total, { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds }) =>
      Array.from({ length: MaxAttempts }, (_, index) =>
        Math.min(IntervalSeconds * BackoffRate ** index, MaxDelaySeconds),
      ).reduce((sum, delay) => sum + delay, total),
    0,
  );
}
