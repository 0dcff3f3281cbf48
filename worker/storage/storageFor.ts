import { FileStorage } from "./file";
import type * as S3Module from "./s3";
import type { Storage } from "./storage";
import { parseUri } from "./uri";

let file: Storage | undefined;
let s3: Storage | undefined;

/** The driver for a URI. The AWS SDK is evaluated only when a job has an `s3://` URI: it costs a quarter of a second. */
export function storageFor(uri: string): Storage {
  if (parseUri(uri).scheme === "file") return (file ??= new FileStorage());
  // `require`, because the bundle evaluates what it names when it is called, and tests run without a module loader.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { S3Storage } = require("./s3") as typeof S3Module;
  return (s3 ??= new S3Storage());
}
