import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

import type { Json } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import { refuseLarge } from "./resultSize";

export function read(file: string): Json {
  return asS3(file, () => {
    const { size, mtime } = statSync(file);
    refuseLarge(`The object ${file}`, size);
    const bytes = readFileSync(file);
    return {
      AcceptRanges: "bytes",
      Body: bytes.toString("utf8"),
      ContentLength: size,
      ETag: etagOf(bytes),
      LastModified: mtime.toISOString(),
      Metadata: {},
    };
  });
}

function asS3(file: string, act: () => Json): Json {
  try {
    return act();
  } catch (error) {
    if (error instanceof StatesError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") {
      throw new StatesError("S3.NoSuchKeyException", `The specified key does not exist. (${file})`);
    }
    throw new StatesError("S3.S3Exception", message);
  }
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
