import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";

import type { ByteRange } from "./byteRange";
import { parseByteRange } from "./byteRange";

export interface Served {
  /** The only path that is answered. */
  path: string;
  /** The length of what is there. */
  bytes: number;
  /** Reads from a position on, as far as is convenient. */
  readFrom: (position: number) => Promise<Buffer>;
  /** Called before a connection is broken off because something couldn't be read that its client still waits for. */
  onUndelivered: (error: unknown) => void;
}

/** Answers requests for ranges on this machine's loopback interface. Resolves when it listens. */
export function serve(served: Served): Promise<Server> {
  const server = createServer((request, response) => void answer(served, request, response));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

async function answer(served: Served, { method, url, headers }: IncomingMessage, response: ServerResponse) {
  if (url !== served.path) return refuse(response, 404);
  if (method !== "GET" && method !== "HEAD") return refuse(response, 405, { allow: "GET, HEAD" });
  const { bytes } = served;
  const asked = parseByteRange(headers.range, bytes);
  if (asked === "nothing") return refuse(response, 416, { "content-range": `bytes */${bytes}` });
  const range = asked === "everything" ? { start: 0, end: bytes } : asked;
  response.writeHead(asked === "everything" ? 200 : 206, {
    "accept-ranges": "bytes",
    "content-length": range.end - range.start,
    ...(asked === "everything" ? {} : { "content-range": `bytes ${range.start}-${range.end - 1}/${bytes}` }),
  });
  if (method === "GET") await sendRange(served, range, response);
  response.end();
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, "content-length": 0 }).end();
}

async function sendRange({ readFrom, onUndelivered }: Served, { start, end }: ByteRange, response: ServerResponse) {
  for (let at = start; at < end && !response.destroyed;) {
    let piece: Buffer;
    try {
      piece = await readFrom(at);
    } catch (error) {
      // Nobody misses what a client that is gone had asked for.
      if (!response.destroyed) onUndelivered(error);
      response.destroy();
      return;
    }
    const rest = piece.subarray(0, end - at);
    at += rest.length;
    if (!response.destroyed && !response.write(rest)) await drained(response);
  }
}

/** Waits until everything is on its way, or the client is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
