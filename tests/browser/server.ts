import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

import { contentType } from "../../worker/storage/contentTypes";

const PAGE = `<!doctype html><title>player</title><video muted width="320"></video><script src="/hls.js"></script>`;
const PLAYER = require.resolve("hls.js/dist/hls.min.js");

/** Serves a directory on loopback as a bucket would, and at `/` a page with a `video` element and hls.js. */
export async function servePlayer(directory: string): Promise<{ address: string; close: () => void }> {
  const fixed: Record<string, () => Promise<[type: string, body: Buffer]>> = {
    "/": () => Promise.resolve(["text/html", Buffer.from(PAGE)]),
    "/hls.js": async () => ["text/javascript", await readFile(PLAYER)],
    "/favicon.ico": () => Promise.resolve(["image/png", Buffer.alloc(0)]),
  };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const answer = fixed[path] ?? (async () => [contentType(path), await readFile(join(directory, path))] as const);
    answer().then(
      ([type, body]) => response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
