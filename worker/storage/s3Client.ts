import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

/**
 * Makes a client that the environment configures. The SDK reads the region, the credentials and the endpoint itself. A custom endpoint
 * rarely has a host name for every bucket, so buckets go into the path.
 */
export function makeS3Client(environment: NodeJS.ProcessEnv = process.env, options: S3ClientConfig = {}): S3Client {
  // Without this, every job's log would begin with the SDK's notice of the Node version it will require next year.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
  return new S3Client({
    ...((environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]) ? {} : { region: "us-east-1" }),
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    // S3's response names the region of a bucket that is not in the job's.
    followRegionRedirects: true,
    maxAttempts: 6,
    retryMode: "adaptive",
    ...options,
  });
}
