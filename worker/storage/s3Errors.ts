import { InputError, JobError } from "../errors";
import { ChangedMeanwhile } from "./conditionalWrite";
import { parseUri } from "./uri";

interface ServiceError {
  name?: string;
  Code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Whether the object is not there. A missing bucket is another matter. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return name === "NoSuchKey" || name === "NotFound" || ($metadata?.httpStatusCode === 404 && name !== "NoSuchBucket");
}

/** Whether a write or removal on a condition found something else there: changed, changing in this moment, or gone. */
export function isOtherThanExpected(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return name === "NoSuchKey" || $metadata?.httpStatusCode === 412 || name === "ConditionalRequestConflict";
}

/** The sentence for what S3 or the SDK answered. Errors of the body that was being sent come through as they are. */
export function explainS3(error: unknown, uri: string, permissions: string): Error {
  if (error instanceof InputError || error instanceof JobError || error instanceof ChangedMeanwhile) return error;
  const { name = "Error", message = "", $metadata } = error as ServiceError;
  const { bucket } = parseUri(uri);
  if (name === "NoSuchBucket") {
    return new InputError(`The bucket ${bucket} of ${uri} does not exist; check its name.`);
  }
  if (name === "CredentialsProviderError") {
    return new JobError(`There are no AWS credentials for ${uri}; give the job a role.`);
  }
  if (name === "AccessDenied" || $metadata?.httpStatusCode === 403) {
    return new JobError(
      `Access to ${uri} was denied; the job's role needs ${permissions} there, and s3:ListBucket on ${bucket}.`,
    );
  }
  const detail = message && message !== "UnknownError" ? `${name}, ${message}` : name;
  return new JobError(`S3 failed at ${uri}: ${detail.replace(/[.\s]+$/, "")}.`);
}
