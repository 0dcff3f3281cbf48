import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";
import { sizedResult } from "./resultSize";
import * as files from "./s3Files";
import * as service from "./s3Service";

/**
 * `arn:aws:states:::aws-sdk:s3:getObject`. Reads from S3, or from local files if the bucket is empty: for a `file://` URI the key is the
 * path without its first slash.
 */
export const getObject: TaskHandler = {
  fields: ["Bucket", "Key"],
  async run(args) {
    const bucket = bucketOf(args);
    const key = keyOf(args);
    // Local files are read synchronously, as the virtual clock requires.
    return bucket === "" ? files.read(`/${key}`) : service.read(bucket, key);
  },
};

/** `arn:aws:states:::aws-sdk:s3:headObject`: says whether an object is there, and how large. */
export const headObject: TaskHandler = {
  fields: ["Bucket", "Key"],
  async run(args) {
    const bucket = bucketOf(args);
    const key = keyOf(args);
    return bucket === "" ? files.head(`/${key}`) : service.head(bucket, key);
  },
};

/** `arn:aws:states:::aws-sdk:s3:listObjectsV2`. A thousand keys are too large for a task's result if they are long. */
export const listObjectsV2: TaskHandler = {
  fields: ["Bucket", "Prefix", "Delimiter", "MaxKeys", "ContinuationToken", "StartAfter"],
  async run(args) {
    const page = bucketOf(args) === "" ? files.list(args) : await service.list(args);
    return sizedResult("s3:listObjectsV2", page);
  },
};

function bucketOf({ Bucket }: JsonObject): string {
  if (typeof Bucket !== "string") throw invalidField("Bucket", Bucket);
  return Bucket;
}

function keyOf({ Key }: JsonObject): string {
  if (typeof Key !== "string" || Key === "") throw invalidField("Key", Key);
  return Key;
}

function invalidField(field: string, value: Json | undefined): StatesError {
  return new StatesError(
    "S3.S3Exception",
    `${field} must be a string that is not empty. Received ${JSON.stringify(value) ?? "nothing"}.`,
  );
}
