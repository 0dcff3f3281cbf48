import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";
import * as files from "./s3Files";
import * as service from "./s3Service";

/** `arn:aws:states:::aws-sdk:s3:getObject`. */
export const getObject = filesOrService(["Key"], {
  onFiles: ({ Key }) => files.read(`/${Key}`),
  onService: ({ Bucket, Key }) => service.read(Bucket, Key),
});

/** `arn:aws:states:::aws-sdk:s3:putObject`. Files have no tags. */
export const putObject = filesOrService(["Key", "Body", "Tagging"], {
  onFiles: ({ Key, Body }) => files.write(`/${Key}`, Body),
  onService: ({ Bucket, Key, Body, Tagging }) => service.write({ Bucket, Key, Body, Tagging }),
});

/** `arn:aws:states:::aws-sdk:s3:listObjectsV2`. For local files it lists only one folder. */
export const listObjectsV2 = filesOrService(["Prefix"], {
  onFiles: ({ Prefix }) => files.list(`/${Prefix}`),
  onService: ({ Bucket, Prefix }) => service.list(Bucket, Prefix),
});

/** Uses S3, or local files if the bucket is empty. For a `file://` URI the key is the path without its first slash. */
function filesOrService<Field extends string>(
  fields: Field[],
  {
    onFiles,
    onService,
  }: {
    onFiles: (args: Record<Field, string>) => Json;
    onService: (args: Record<Field | "Bucket", string>) => Promise<Json>;
  },
): TaskHandler {
  return {
    fields: ["Bucket", ...fields],
    async run(args) {
      const request = { Bucket: args["Bucket"], ...requireTexts(fields, args) } as Record<Field | "Bucket", string>;
      if (typeof request.Bucket !== "string") throw invalidField("Bucket", request.Bucket);
      // Local files are read synchronously, as the virtual clock requires.
      return request.Bucket === "" ? onFiles(request) : onService(request);
    },
  };
}

function requireTexts(fields: string[], args: JsonObject): JsonObject {
  for (const field of fields) {
    const value = args[field];
    if (typeof value !== "string" || value === "") throw invalidField(field, value);
  }
  return args;
}

function invalidField(field: string, value: Json | undefined): StatesError {
  return new StatesError(
    "S3.S3Exception",
    `${field} must be a string that is not empty. Received ${JSON.stringify(value) ?? "nothing"}.`,
  );
}
