import type { Json, JsonObject } from "../../contract/asl";
import type { JobRequest } from "./settings";
import { silentAudio } from "./silence";

export type MediaConvertStatus = "SUBMITTED" | "PROGRESSING" | "COMPLETE" | "CANCELED" | "ERROR";

/** A job of MediaConvert, as its stand-in keeps it. */
export interface MediaConvertJob {
  id: string;
  arn: string;
  /** What it was created with. */
  request: JsonObject;
  status: MediaConvertStatus;
  /** The URIs of what has been written, in order. */
  assets: string[];
  /** When it was created, began and ended, in milliseconds since the epoch. */
  submitted: number;
  started?: number;
  ended?: number;
  error?: MediaConvertError;
  /** Whether somebody tried to cancel it. */
  cancelRequested: boolean;
  /** What it says about its outputs, once they are complete. */
  details?: Json;
}

/** @see https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_error_codes.html */
export interface MediaConvertError {
  code: number;
  message: string;
}

/** What becomes of a job, besides success. */
export interface MediaConvertOutcome {
  /** The service refuses the call, and there is no job. */
  refused?: "throttle" | "unavailable" | "denied";
  /** Seconds in its queue. Defaults to 5. */
  queuedSeconds?: number;
  /** Seconds of work. Defaults to 60. */
  seconds?: number;
  /** What it fails with after its work. */
  error?: MediaConvertError;
  /** Somebody cancels it during its work. */
  canceled?: boolean;
  /** Cancelling it comes too late. Step Functions only tries to. */
  ignoresCancel?: boolean;
  /** Whether an asset is missing from what it writes, by its URI. */
  omits?: (uri: string) => boolean;
}

/**
 * What `GetJob` says, with large first letters. It doesn't name the files, and its times are in seconds, as the reference of the API has
 * them: how Step Functions writes them is not documented.
 */
export function describeJob(job: MediaConvertJob): JsonObject {
  const { status, error, details } = job;
  const request = job.request as unknown as JobRequest;
  const { Role, Settings, Priority = 0, StatusUpdateInterval = "SECONDS_60", UserMetadata = {} } = request;
  return {
    ...{ Id: job.id, Arn: job.arn, Status: status, CreatedAt: seconds(job.submitted), Queue: queueArn(job) },
    ...{ Role, Priority, StatusUpdateInterval, UserMetadata, Settings: Settings as unknown as JsonObject },
    ...{ AccelerationSettings: { Mode: "DISABLED" }, AccelerationStatus: "NOT_APPLICABLE", RetryCount: 0 },
    ...(request.ClientRequestToken === undefined ? {} : { ClientRequestToken: request.ClientRequestToken }),
    ...(status === "COMPLETE" ? { JobPercentComplete: 100 } : {}),
    ...(details === undefined ? {} : { OutputGroupDetails: details }),
    ...(error ? { ErrorCode: error.code, ErrorMessage: error.message } : {}),
    Messages: { Info: [], Warning: silentAudio(Settings) },
    Timing: {
      SubmitTime: seconds(job.submitted),
      ...(job.started === undefined ? {} : { StartTime: seconds(job.started) }),
      ...(job.ended === undefined ? {} : { FinishTime: seconds(job.ended) }),
    },
  };
}

function queueArn({ arn, request }: MediaConvertJob): string {
  const { Queue = "Default" } = request as unknown as JobRequest;
  return Queue.startsWith("arn:") ? Queue : `${arn.replace(/:jobs\/.*$/, "")}:queues/${Queue}`;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
