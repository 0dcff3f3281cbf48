import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";

import type { PlanSource } from "../../../contract/plan";
import type { MediaInput } from "../../ffmpeg/input";
import type { Storage, StoredObject } from "../../storage/storage";
import { overwrite } from "./overwrite";
import { serve } from "./server";
import { movePages } from "../ogg/movePages";
import { readEdited } from "../transport/editPackets";
import { readWithoutDuplicates } from "../transport/duplicates";
import { TableHistory } from "../transport/tableHistory";
import type { ReadRange, ReadUpTo } from "../../storage/readRange";
import { Windows } from "./windows";

/** The source while a job reads it. */
export interface Source extends MediaInput {
  bytes: number;
  /** Reads without ffmpeg. */
  read: ReadUpTo;
  /** The tables of a transport stream, as far as it has been read. */
  tables: TableHistory;
  close: () => void;
}

/** What is known of an object before it is opened. */
export interface SourceObject
  extends StoredObject, Pick<PlanSource, "apertures" | "patches" | "moved" | "edits" | "duplicates"> {}

/**
 * Serves the object that has this etag to ffmpeg and ffprobe, from this process on loopback. If they read S3 or the disk themselves, they
 * would take a part that can't be read for the end of the video or for damage, and they know nothing of credentials, throttling or objects
 * that are replaced meanwhile.
 */
export async function openSource(storage: Storage, uri: string, object: SourceObject): Promise<Source> {
  const { bytes, etag, edits = [], apertures = [], patches = [], moved, duplicates } = object;
  const [failing, closing] = [new AbortController(), new AbortController()];
  const readRange: ReadRange = (start, length) => storage.readRange(uri, { etag, start, length }, closing.signal);
  const places = [
    // A type of box that means nothing.
    ...apertures.map(({ at }) => ({ at, bytes: Buffer.from("free") })),
    ...patches.map(({ at, bytes: patch }) => ({ at, bytes: Buffer.from(patch, "base64") })),
  ];
  let readSource = places.length > 0 ? overwrite(readRange, places) : readRange;
  if (moved) readSource = movePages(readSource, bytes, moved);
  if (duplicates) readSource = await readWithoutDuplicates(readSource, bytes);
  for (const round of edits) readSource = await readEdited(readSource, bytes, round);
  const tables = new TableHistory();
  const windows = new Windows(bytes, async (start, length) => {
    const read = await readSource(start, length);
    tables.add(start, read);
    return read;
  });
  const readFrom = (position: number): Promise<Buffer> => windows.readFrom(position);
  // The path is a secret: on a machine in host networking, other containers reach the port too.
  const path = `/${randomBytes(16).toString("hex")}${extensionOf(uri)}`;
  const onUndelivered = (error: unknown): void => {
    if (!closing.signal.aborted) failing.abort(error);
  };
  const server = await serve({ path, bytes, readFrom, onUndelivered });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    bytes,
    name: uri.replaceAll(/\p{Cc}/gu, "?"),
    failed: failing.signal,
    tables,
    read: async (start, length) => {
      const end = Math.min(bytes, start + length);
      const pieces: Buffer[] = [];
      for (let at = start; at < end; at += pieces.at(-1)?.length ?? 0) {
        pieces.push((await readFrom(at)).subarray(0, end - at));
      }
      return Buffer.concat(pieces);
    },
    close: () => {
      closing.abort();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Does work that reads the source. If a part of that couldn't be delivered, the reason is the outcome, whatever came of the work. */
export async function reading<T>({ failed }: Source, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    failed.throwIfAborted();
  }
}

/** Opens the source for the time of some work that reads it. */
export async function withSource<T>(
  storage: Storage,
  uri: string,
  stored: SourceObject,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openSource(storage, uri, stored);
  try {
    return await reading(source, () => work(source));
  } finally {
    source.close();
  }
}

/** ffmpeg takes the name into account when it guesses the container. */
function extensionOf(uri: string): string {
  return /\.\w{1,8}$/.exec(uri)?.[0] ?? "";
}
