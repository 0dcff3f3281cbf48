import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import { refuseLarge } from "./resultSize";
import { listPage } from "./s3Listing";

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

export function head(file: string): Json {
  return asS3(file, () => {
    const bytes = readFileSync(file);
    const LastModified = statSync(file).mtime.toISOString();
    return { AcceptRanges: "bytes", ContentLength: bytes.length, ETag: etagOf(bytes), LastModified, Metadata: {} };
  });
}

/** The files whose paths, without the first slash, begin with the prefix. */
export function list(args: JsonObject): JsonObject {
  const { Prefix = "" } = args;
  const folder = path.dirname(`/${Prefix as string}x`);
  const files = filesBelow(folder).map((file) => ({ file, key: file.slice(1) }));
  const wanted = files.filter(({ key }) => key.startsWith(Prefix as string));
  return listPage(
    wanted.map(({ file, key }) => {
      const bytes = readFileSync(file);
      return { key, size: bytes.length, etag: etagOf(bytes), modified: statSync(file).mtime.toISOString() };
    }),
    args,
  );
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new StatesError("S3.S3Exception", message);
  }
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

export function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
