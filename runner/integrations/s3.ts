import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

import type { Json } from "../stateMachine/definition";
import { StatesError } from "../stateMachine/errors";
import { PAYLOAD_QUOTA } from "../stateMachine/quotas";
import type { TaskHandler } from "../stateMachine/task";

/**
 * `arn:aws:states:::aws-sdk:s3:getObject` on this machine's files: the bucket of a `file://` URI is empty, and the key is
 * the path without its first slash.
 */
export const getObject: TaskHandler = {
  fields: ["Bucket", "Key"],
  // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait; this one reads at once, for the virtual clock
  async run(args) {
    const { Bucket, Key } = args;
    if (Bucket !== "") {
      throw new StatesError(
        "S3.NoSuchBucketException",
        `A local run reads this machine's files, for which Bucket is empty. Received Bucket ${show(Bucket)}.`,
      );
    }
    if (typeof Key !== "string" || Key === "") {
      throw new StatesError("S3.S3Exception", `Key must be a string that is not empty. Received ${show(Key)}.`);
    }
    return readObject(`/${Key}`);
  },
};

function readObject(path: string): Json {
  try {
    const { size, mtime } = statSync(path);
    if (size > PAYLOAD_QUOTA) {
      throw new StatesError(
        "States.DataLimitExceeded",
        `The object ${path} has ${size} bytes. The result of a task has at most ${PAYLOAD_QUOTA}.`,
      );
    }
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
