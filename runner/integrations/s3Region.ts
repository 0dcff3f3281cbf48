import { s3Settings } from "../../contract/s3";
import { UsageError } from "../../contract/usageError";

/** This machine's region, from the environment or the profile. Jobs and services look for a bucket there first. */
export async function findRegion(): Promise<string> {
  const { region } = s3Settings(process.env);
  if (region !== undefined) return region;
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const { S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client();
  try {
    return await client.config.region();
  } catch (error) {
    throw new UsageError(
      `No AWS region is configured for S3 (${(error as Error).message}). Set AWS_REGION, or choose a profile that has one with AWS_PROFILE.`,
    );
  } finally {
    client.destroy();
  }
}
