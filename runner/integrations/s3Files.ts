import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Json } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import { refuseLarge } from "./resultSize";

export function read(file: string): Json {
  return asS3(file, () => {
    const { size, mtime } = statSync(file);
    refuseLarge(file, size);
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

export function write(file: string, text: string): Json {
  return asS3(file, () => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return { ETag: etagOf(Buffer.from(text)) };
  });
}

/** Lists the files in a folder whose paths begin with the prefix. Empty if the folder does not exist. */
export function list(prefix: string): Json {
  const folder = prefix.slice(0, prefix.lastIndexOf("/"));
  const keys = filesOf(folder)
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.startsWith(prefix))
    .sort()
    .map((file) => ({ Key: file.slice(1) }));
  return { ...(keys.length > 0 ? { Contents: keys } : {}), KeyCount: keys.length, IsTruncated: false };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
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

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
