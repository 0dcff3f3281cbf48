import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

import { UsageError } from "../../contract/usageError";
import { parseByteRange } from "./byteRange";
import { contentTypeOf } from "./contentTypes";
import { findServedFile } from "./servedFile";

const LOOPBACK = "127.0.0.1";
/** Names that only this machine is called by. Its ports may be forwarded, so any port is right. */
const OWN_NAMES = new Set([LOOPBACK, "localhost"]);

const HEADERS: OutgoingHttpHeaders = {
  // The next run in the same folder writes other files with the same names.
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // Pages of other sites can neither read nor show anything of the run.
  "cross-origin-resource-policy": "same-origin",
  // The page reaches nothing but this server. hls.js plays from blobs and works in one.
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'unsafe-inline' blob:",
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
};

export interface FolderServer {
  /** For example `http://127.0.0.1:8080`. */
  address: string;
  close(): void;
}

/**
 * Serves a folder to browsers on this machine, and nothing outside it.
 *
 * @param index The file at `/`.
 * @param port 0 for a free one.
 */
export async function serveFolder(
  directory: string,
  { index, port }: { index: string; port: number },
): Promise<FolderServer> {
  const root = await realpath(directory);
  const server = createServer((request, response) => {
    answer({ root, index }, request, response).catch((error: unknown) => {
      // Browsers leave media in the middle all the time. Anything else shows as an answer that breaks off.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portError(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    address: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  const why = { EADDRINUSE: "another program is using it", EACCES: "it needs more permissions" }[error.code ?? ""];
  if (why === undefined) return error;
  return new UsageError(
    `Port ${port} can't be used: ${why}. Choose another --port, or leave it out to get a free one.`,
  );
}

async function answer(
  { root, index }: { root: string; index: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, sentence: string, headers: OutgoingHttpHeaders = {}): void => {
    response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8", ...headers });
    response.end(`${sentence}\n`);
  };
  const host = request.headers.host ?? "";
  // A page of another site can call its own name 127.0.0.1, and would then be allowed to read everything here.
  if (!OWN_NAMES.has(host.replace(/:\d+$/, "").toLowerCase())) {
    return refuse(403, `The host must be ${[...OWN_NAMES].join(" or ")}. Received ${JSON.stringify(host)}.`);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(405, `The method must be GET or HEAD. Received ${request.method}.`, { allow: "GET, HEAD" });
  }
  const urlPath = decodePath(request.url ?? "");
  if (urlPath === undefined) return refuse(400, "The path of the URL can't be decoded.");
  const file = await findServedFile(root, urlPath === "/" ? index : urlPath);
  if (!file) return refuse(404, `The run has no file ${urlPath.slice(1)}.`);
  const range = parseByteRange(request.headers.range, file.size);
  if (range === "unsatisfiable") {
    return refuse(416, `The file has ${file.size} bytes.`, { "content-range": `bytes */${file.size}` });
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...HEADERS,
    "content-type": contentTypeOf(file.path),
    "accept-ranges": "bytes",
    "content-length": end - start + 1,
    ...(range ? { "content-range": `bytes ${start}-${end}/${file.size}` } : {}),
  });
  if (request.method === "HEAD" || file.size === 0) response.end();
  else await pipeline(createReadStream(file.path, { start, end }), response);
}

/** The path of a request, without the query. */
function decodePath(url: string): string | undefined {
  const [encoded = ""] = url.split(/[?#]/);
  if (!encoded.startsWith("/")) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
