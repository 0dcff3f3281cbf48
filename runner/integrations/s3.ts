import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";
import * as files from "./s3Files";
import * as service from "./s3Service";

/** `arn:aws:states:::aws-sdk:s3:getObject`. */
export const getObject = either(["Key"], {
  ofFiles: ({ Key }) => files.read(`/${Key}`),
  ofService: ({ Bucket, Key }) => service.read(Bucket, Key),
});

/** `arn:aws:states:::aws-sdk:s3:putObject`. Files have no tags. */
export const putObject = either(["Key", "Body", "Tagging"], {
  ofFiles: ({ Key, Body }) => files.write(`/${Key}`, Body),
  ofService: ({ Bucket, Key, Body, Tagging }) => service.write({ Bucket, Key, Body, Tagging }),
});

/** `arn:aws:states:::aws-sdk:s3:listObjectsV2`. For local files it lists only one folder. */
export const listObjectsV2 = either(["Prefix"], {
  ofFiles: ({ Prefix }) => files.list(`/${Prefix}`),
  ofService: ({ Bucket, Prefix }) => service.list(Bucket, Prefix),
});

/** Uses S3, or local files if the bucket is empty. For a `file://` URI the key is the path without its first slash. */
function either<Field extends string>(
  fields: Field[],
  {
    ofFiles,
    ofService,
  }: {
    ofFiles: (args: Record<Field, string>) => Json;
    ofService: (args: Record<Field | "Bucket", string>) => Promise<Json>;
  },
): TaskHandler {
  return {
    fields: ["Bucket", ...fields],
    async run(args) {
      const given = { Bucket: args["Bucket"], ...textsOf(fields, args) } as Record<Field | "Bucket", string>;
      if (typeof given.Bucket !== "string") throw needed("Bucket", given.Bucket);
      // Local files are read synchronously, as the virtual clock requires.
      return given.Bucket === "" ? ofFiles(given) : ofService(given);
    },
  };
}

function textsOf(fields: string[], args: JsonObject): JsonObject {
  for (const field of fields) {
    const value = args[field];
    if (typeof value !== "string" || value === "") throw needed(field, value);
  }
  return args;
}

function needed(field: string, value: Json | undefined): StatesError {
  return new StatesError(
    "S3.S3Exception",
    `${field} must be a string that is not empty. Received ${JSON.stringify(value) ?? "nothing"}.`,
  );
}
