import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

import { reachBuckets, s3Settings } from "../../contract/s3";

/**
 * Makes a client that the environment configures, for buckets of every region. The SDK finds the credentials itself.
 *
 * @param options What is not as usual.
 */
export function makeS3Client(environment: NodeJS.ProcessEnv = process.env, options: S3ClientConfig = {}): S3Client {
  // Without this, every job's log would begin with the SDK's notice of the Node version it will require next year.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const usual: S3ClientConfig = { ...s3Settings(environment), maxAttempts: 6, retryMode: "adaptive", ...options };
  const open = (region?: string): S3Client => new S3Client({ ...usual, ...(region ? { region } : {}) });
  return reachBuckets(open(), open);
}
