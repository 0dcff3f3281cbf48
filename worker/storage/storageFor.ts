import { FileStorage } from "./file";
import type * as S3Module from "./s3";
import type { Storage } from "./storage";
import { parseUri } from "./uri";

let file: Storage | undefined;
let s3: Storage | undefined;

/** Returns the driver for a URI. The AWS SDK, which takes a quarter of a second to load, is loaded only for an `s3://` URI. */
export function storageFor(uri: string): Storage {
  if (parseUri(uri).scheme === "file") return (file ??= new FileStorage());
  // The bundle evaluates the module only when `require` is called, and tests run without a loader for `import()`.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { S3Storage } = require("./s3") as typeof S3Module;
  return (s3 ??= new S3Storage());
}
