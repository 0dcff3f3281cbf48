import type { Retrier } from "./states";

/**
 * Retries errors of the service, not of the job: Batch itself retries a failed job, as its job definition says, and
 * retrying it here too would multiply the attempts.
 */
function retryServiceErrors(errors: string[], attempts: number): Retrier[] {
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

/** Batch throttles the submission of jobs first, so it gets the most attempts. */
export const BATCH_RETRIES = retryServiceErrors(["Batch.AWSBatchException", "Batch.ServerException"], 6);
export const S3_RETRIES = retryServiceErrors(["S3.S3Exception", "S3.SdkClientException"], 4);
export const SNS_RETRIES = retryServiceErrors(
  ["SNS.AmazonSNSException", "SNS.InternalErrorException", "SNS.ThrottledException"],
  5,
);

/**
 * Step Functions documents only `EventBridge.FailedEntry`, which does not say why the entry failed, and no name for throttling. So every
 * error but a timeout is retried, for a few seconds, since videos must not wait for their events.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export const EVENT_RETRIES = retryServiceErrors(["States.TaskFailed"], 3);

/** Maximum seconds that all waits before retries add up to. */
export function maxRetryWait(retriers: Retrier[]): number {
  return retriers.reduce(
    (total, { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds }) =>
      Array.from({ length: MaxAttempts }, (_, index) =>
        Math.min(IntervalSeconds * BackoffRate ** index, MaxDelaySeconds),
      ).reduce((sum, delay) => sum + delay, total),
    0,
  );
}
