import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";
import * as files from "./s3Files";
import * as service from "./s3Service";

/**
 * `arn:aws:states:::aws-sdk:s3:getObject`. Reads from S3, or from local files if the bucket is empty: for a `file://` URI the key is the
 * path without its first slash.
 */
export const getObject: TaskHandler = {
  fields: ["Bucket", "Key"],
  async run(args) {
    const { Bucket } = args;
    if (typeof Bucket !== "string") throw invalidField("Bucket", Bucket);
    const key = keyOf(args);
    // Local files are read synchronously, as the virtual clock requires.
    return Bucket === "" ? files.read(`/${key}`) : service.read(Bucket, key);
  },
};

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
