import type { Retrier } from "./asl";

/**
 * Trouble of a service, not of the job: a failed job is started again by Batch itself, as its job definition says, and
 * retrying it here too would multiply the attempts.
 */
function serviceTrouble(errors: string[]): Retrier[] {
  return [
    {
      ErrorEquals: errors,
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 6,
      MaxDelaySeconds: 60,
      JitterStrategy: "FULL",
    },
  ];
}

export const BATCH_TROUBLE = serviceTrouble(["Batch.AWSBatchException", "Batch.ServerException"]);
export const S3_TROUBLE = serviceTrouble(["S3.S3Exception", "S3.SdkClientException"]);
export const SNS_TROUBLE = serviceTrouble([
  "SNS.AmazonSNSException",
  "SNS.InternalErrorException",
  "SNS.ThrottledException",
]);
