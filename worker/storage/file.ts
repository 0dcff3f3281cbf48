import type { BigIntStats } from "node:fs";
import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { InputError, JobError } from "../errors/errors";
import { contentType } from "./contentType";
import { PreconditionFailed, NOTHING } from "./conditionalWrite";
import { goneError, replacedError } from "./sourceErrors";
import type { Body, ObjectRange, Storage, StoredObject, WriteOptions } from "./storage";
import { baseName, parseUri, quote } from "./uri";

/** The name of a file that is being written, or was when its writer was killed: the final name and the process id. */
const PARTIAL = /\.(\d+)\.partial$/;

/** Whether a file is incomplete and its writer no longer runs. */
export function isAbandoned(name: string): boolean {
  const writer = PARTIAL.exec(name)?.[1];
  if (writer === undefined) return false;
  try {
    process.kill(Number(writer), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Files on this machine. */
export class FileStorage implements Storage {
  async stat(uri: string): Promise<StoredObject | undefined> {
    const path = pathOf(uri);
    const found = await withExplanation(uri, "read", () => stat(path, { bigint: true }));
    if (!found) return undefined;
    const name = quote(baseName(uri));
    if (found.isDirectory()) throw new InputError(`${name} is a directory, not a file.`);
    // It would seem to have no bytes, and reading it might wait for ever.
    if (!found.isFile())
      throw new InputError(`${name} is a device or a pipe, not a file; save what it delivers in a file.`);
    return { bytes: Number(found.size), etag: etagOf(found) };
  }

  async readText(uri: string): Promise<string | undefined> {
    return withExplanation(uri, "read", () => readFile(pathOf(uri), "utf8"));
  }

  async openRead(uri: string): Promise<Readable> {
    if (!(await this.stat(uri))) throw new JobError(`${uri} doesn't exist.`);
    return createReadStream(pathOf(uri), { highWaterMark: 1 << 20 });
  }

  async readRange(uri: string, { etag, start, length }: ObjectRange): Promise<Buffer> {
    const content = await withExplanation(uri, "read", async () => {
      const file = await open(pathOf(uri));
      try {
        const isSame = async (): Promise<boolean> => etagOf(await file.stat({ bigint: true })) === etag;
        const bytes = (await isSame()) ? await readCompletely(file, start, length) : undefined;
        // Somebody may write into it while it is read.
        if (!bytes || !(await isSame())) throw replacedError(uri);
        return bytes;
      } finally {
        await file.close();
      }
    });
    if (!content) throw goneError(uri);
    return content;
  }

  /** Writes to a temporary name beside the final one, and renames the file when it is complete. */
  async write(uri: string, body: Body, { replaces }: WriteOptions = {}): Promise<number> {
    contentType(baseName(uri));
    const path = pathOf(uri);
    const partial = `${path}.${process.pid}.partial`;
    const bytes = await withExplanation(uri, "write", async () => {
      await mkdir(dirname(path), { recursive: true });
      partials.add(partial);
      const target = createWriteStream(partial, { highWaterMark: 1 << 20 });
      try {
        const source = typeof body === "string" ? [Buffer.from(body)] : Buffer.isBuffer(body) ? [body] : body;
        await pipeline(Readable.from(source, { objectMode: true }), target);
        renameIfUnchanged(uri, partial, path, replaces);
        return target.bytesWritten;
      } catch (error) {
        // The file may be created only after its stream has been given up.
        if (!target.closed) await new Promise<void>((resolve) => target.once("close", resolve));
        await rm(partial, { force: true });
        throw error;
      } finally {
        partials.delete(partial);
      }
    });
    if (bytes === undefined)
      throw new JobError(`${uri} couldn't be written: its directory was removed in the meantime.`);
    return bytes;
  }

  async remove(uri: string, etag?: string): Promise<void> {
    const path = pathOf(uri);
    // eslint-disable-next-line @typescript-eslint/require-await -- compares and removes synchronously, so that nothing happens in between
    await withExplanation(uri, "remove", async () => {
      if (etag === undefined || etag === etagAt(path)) rmSync(path, { force: true });
    });
  }

  async list(uri: string): Promise<Map<string, number>> {
    const directory = pathOf(uri);
    const names = (await withExplanation(uri, "list", () => readdir(directory))) ?? [];
    const sizes = new Map<string, number>();
    for (const name of names) {
      const found = await withExplanation(uri, "list", () => stat(directory + name));
      if (found?.isFile()) sizes.set(name, found.size);
    }
    return sizes;
  }

  async folders(uri: string): Promise<string[]> {
    const entries = (await withExplanation(uri, "list", () => readdir(pathOf(uri), { withFileTypes: true }))) ?? [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }
}

/** Returns undefined if the file ends before. */
async function readCompletely(file: FileHandle, start: number, length: number): Promise<Buffer | undefined> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, start + at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return bytes;
}

/**
 * File systems have no conditional rename. Here, the rename follows the comparison within microseconds; executions that really share an
 * output write to S3, which does both atomically.
 */
function renameIfUnchanged(uri: string, partial: string, path: string, replaces: string | undefined): void {
  if (replaces !== undefined && replaces !== etagAt(path)) throw new PreconditionFailed(uri);
  renameSync(partial, path);
}

function etagAt(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? etagOf(found) : NOTHING;
}

function etagOf({ size, mtimeNs }: BigIntStats): string {
  return `${size}-${mtimeNs}`;
}

const partials = new Set<string>();

/** Works synchronously, for a process that is about to end on a signal and can't wait for anything. */
export function removePartialFiles(): void {
  for (const path of partials) rmSync(path, { force: true });
}

function pathOf(uri: string): string {
  return `/${parseUri(uri).key}`;
}

/** Runs a file operation. Returns undefined when the file or a directory above it is missing. */
async function withExplanation<T>(uri: string, verb: string, operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new JobError(`Couldn't ${verb} ${uri}: ${REASONS[code] ?? (error as Error).message}`);
  }
}

const REASONS: Record<string, string> = {
  EACCES: "permission denied; give the job's user access to it.",
  EPERM: "permission denied; give the job's user access to it.",
  ENOSPC: "the disk is full.",
  EROFS: "the file system is read-only.",
  ENAMETOOLONG: "the name is too long for the file system.",
  EIO: "the disk reports an error.",
  EISDIR: "it is a directory.",
};
