import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

import { contentType } from "../../worker/storage/contentType";

const page = (script: string): string =>
  `<!doctype html><title>player</title><video muted width="320"></video><script src="${script}"></script>`;
const HLS = require.resolve("hls.js/dist/hls.min.js");
const DASH = require.resolve("dashjs/dist/dash.all.min.js");

/**
 * Serves a directory on loopback as a bucket would, and pages with a `video` element: at `/` with hls.js, at `/dash.html` with
 * dash.js.
 */
export async function servePlayer(directory: string): Promise<{ address: string; close: () => void }> {
  const fixed: Record<string, () => Promise<[type: string, body: Buffer]>> = {
    "/": () => Promise.resolve(["text/html", Buffer.from(page("/hls.js"))]),
    "/dash.html": () => Promise.resolve(["text/html", Buffer.from(page("/dash.js"))]),
    "/hls.js": async () => ["text/javascript", await readFile(HLS)],
    "/dash.js": async () => ["text/javascript", await readFile(DASH)],
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
