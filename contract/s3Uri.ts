import { UsageError } from "./usageError";

/** Checks the URI of an object or of a prefix, which needs more than a bucket. */
export function checkS3Uri(uri: string, what: "video" | "output"): string {
  if (/^s3:\/\/[^/]+\/./s.test(uri)) return uri;
  const form = what === "video" ? "s3://bucket/key" : "s3://bucket/prefix";
  throw new UsageError(`The ${what} must be like ${form}. Received ${JSON.stringify(uri)}.`);
}
