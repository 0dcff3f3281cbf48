import { S3Client } from "@aws-sdk/client-s3";

/**
 * A client as the environment configures it. The SDK itself reads the region, the credentials and the endpoint
 * variables; an endpoint that somebody set is seldom one with a name for every bucket.
 */
export function makeClient(environment: NodeJS.ProcessEnv = process.env): S3Client {
  // The SDK says on every start which Node it will need next year; a job's log is for what concerns the job.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
  return new S3Client({
    ...((environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]) ? {} : { region: "us-east-1" }),
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    // A bucket of another region than the job's is found by the answer's hint.
    followRegionRedirects: true,
    maxAttempts: 6,
    retryMode: "adaptive",
  });
}
