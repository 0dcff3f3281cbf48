import { InputError, JobError } from "../errors/errors";
import { PreconditionFailed } from "./conditionalWrite";
import { parseUri } from "./uri";

interface ServiceError {
  name?: string;
  /** Node's, of a connection. */
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Whether the object does not exist. A missing bucket does not count. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return name === "NoSuchKey" || name === "NotFound" || ($metadata?.httpStatusCode === 404 && name !== "NoSuchBucket");
}

/** Whether a conditional write or removal failed because the object was changed, is just being changed, or is gone. */
export function isPreconditionFailure(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return name === "NoSuchKey" || $metadata?.httpStatusCode === 412 || name === "ConditionalRequestConflict";
}

/** Explains an error of S3 or the SDK in a sentence. Errors from the body being sent are returned unchanged. */
export function explainS3Error(error: unknown, uri: string, permissions: string): Error {
  if (error instanceof InputError || error instanceof JobError || error instanceof PreconditionFailed) return error;
  const { name = "Error", message = "", code, $metadata } = error as ServiceError;
  const { bucket } = parseUri(uri);
  if (name === "NoSuchBucket") {
    return new InputError(`The bucket ${bucket} of ${uri} doesn't exist; check its name.`);
  }
  if (name === "CredentialsProviderError") {
    return new JobError(`There are no AWS credentials for ${uri}; give the job a role.`);
  }
  // The SDK gives this error no name.
  if (message === "Region is missing") {
    return new InputError("The AWS region of this job is unknown; set AWS_REGION, for example to eu-west-1.");
  }
  if (name === "AccessDenied" || $metadata?.httpStatusCode === 403) {
    return new JobError(
      `Access to ${uri} was denied; the job's role needs ${permissions} there, and s3:ListBucket on ${bucket}.`,
    );
  }
  // The SDK calls a connection that was closed a timeout too.
  if (name === "TimeoutError") {
    const what = code === "ECONNRESET" || code === "EPIPE" ? "closed the connection" : "did not answer in time";
    return new JobError(`S3 ${what} at ${uri}.`);
  }
  const detail = message && message !== "UnknownError" ? `${name}, ${message}` : name;
  return new JobError(`S3 failed at ${uri}: ${detail.replace(/[.\s]+$/, "")}.`);
}
