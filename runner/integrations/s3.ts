import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

import type { Json } from "../stateMachine/definition";
import { StatesError } from "../stateMachine/errors";
import { PAYLOAD_QUOTA } from "../stateMachine/quotas";
import type { TaskHandler } from "../stateMachine/task";

/**
 * `arn:aws:states:::aws-sdk:s3:getObject`: of S3, or of this machine's files. The bucket of a `file://` URI is empty, and the
 * key is the path without its first slash.
 */
export const getObject: TaskHandler = {
  fields: ["Bucket", "Key"],
  async run(args) {
    const { Bucket, Key } = args;
    for (const [name, value] of Object.entries({ Bucket, Key })) {
      if (typeof value !== "string" || (value === "" && name === "Key")) {
        throw new StatesError("S3.S3Exception", `${name} must be a string that is not empty. Received ${show(value)}.`);
      }
    }
    // A file is read at once, for the virtual clock.
    return Bucket === "" ? readFile(`/${Key as string}`) : readObject(Bucket as string, Key as string);
  },
};

/** As the environment says which account, region and endpoint that is. */
async function readObject(Bucket: string, Key: string): Promise<Json> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const sdk = await import("@aws-sdk/client-s3");
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const client = new sdk.S3Client({
    region: AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1",
    // Emulators have one host for all buckets.
    forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
    followRegionRedirects: true,
  });
  try {
    const {
      Body,
      ContentLength = 0,
      ETag = "",
      LastModified,
    } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
    refuseLarge(`s3://${Bucket}/${Key}`, ContentLength);
    return {
      AcceptRanges: "bytes",
      Body: (await Body?.transformToString("utf8")) ?? "",
      ...{ ContentLength, ETag, Metadata: {} },
      ...(LastModified ? { LastModified: LastModified.toISOString() } : {}),
    };
  } catch (error) {
    if (error instanceof StatesError) throw error;
    const { name, message } = error as Error;
    if (!(error instanceof sdk.S3ServiceException)) throw new StatesError("S3.SdkClientException", message);
    const modelled = name === "NoSuchKey" || name === "NoSuchBucket";
    throw new StatesError(modelled ? `S3.${name}Exception` : "S3.S3Exception", `${message} (s3://${Bucket}/${Key})`);
  } finally {
    client.destroy();
  }
}

function refuseLarge(object: string, bytes: number): void {
  if (bytes <= PAYLOAD_QUOTA) return;
  throw new StatesError(
    "States.DataLimitExceeded",
    `The object ${object} has ${bytes} bytes. The result of a task has at most ${PAYLOAD_QUOTA}.`,
  );
}

function readFile(path: string): Json {
  try {
    const { size, mtime } = statSync(path);
    refuseLarge(path, size);
    const bytes = readFileSync(path);
    return {
      AcceptRanges: "bytes",
      Body: bytes.toString("utf8"),
      ContentLength: size,
      ETag: `"${createHash("md5").update(bytes).digest("hex")}"`,
      LastModified: mtime.toISOString(),
      Metadata: {},
    };
  } catch (error) {
    throw error instanceof StatesError ? error : asS3Error(error as NodeJS.ErrnoException, path);
  }
}

function asS3Error({ code, message }: NodeJS.ErrnoException, path: string): StatesError {
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") {
    return new StatesError("S3.NoSuchKeyException", `The specified key does not exist. (${path})`);
  }
  return new StatesError("S3.S3Exception", message);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
