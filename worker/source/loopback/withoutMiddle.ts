import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";

import type { MediaInput } from "../../ffmpeg/input";
import { serve } from "./server";
import type { Source } from "./source";

/** Bytes that are read at a time. */
const PIECE = 1 << 18;

/** What is left out of a source: from a position to another. */
export interface Middle {
  from: number;
  to: number;
}

/** Serves a source without its middle for the time of some work, so that programs find at once what comes late in it. */
export async function withoutMiddle<T>(
  source: Source,
  { from, to }: Middle,
  work: (input: MediaInput) => Promise<T>,
): Promise<T> {
  const failing = new AbortController();
  const left = to - from;
  const readFrom = (position: number): Promise<Buffer> =>
    position < from ? source.read(position, Math.min(PIECE, from - position)) : source.read(position + left, PIECE);
  const path = `/${randomBytes(16).toString("hex")}`;
  const onUndelivered = (error: unknown): void => failing.abort(error);
  const server = await serve({ path, bytes: source.bytes - left, readFrom, onUndelivered });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  try {
    return await work({ url, name: source.name, failed: failing.signal });
  } finally {
    server.close();
    server.closeAllConnections();
    failing.signal.throwIfAborted();
  }
}
