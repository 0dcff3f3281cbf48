import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { serveFolder, type FolderServer } from "../../../cli/viewer/server";

const BYTES = "0123456789";

interface Answer {
  status?: number;
  headers: Record<string, unknown>;
  body: string;
}

describe("the server of `view`", () => {
  let directory: string;
  let server: FolderServer;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "viewer-"));
    const run = path.join(directory, "run");
    mkdirSync(path.join(run, "output", "hls"), { recursive: true });
    mkdirSync(path.join(directory, "run-of-others"));
    for (const [name, content] of Object.entries({
      "secret.txt": "secret",
      "run-of-others/report.html": "secret",
      "run/report.html": "<p>Report",
      "run/output/hls/master.m3u8": "#EXTM3U",
      "run/output/ten.mp4": BYTES,
      "run/output/empty.m4s": "",
      "run/output/long.mp4": "",
      "run/output/50 % #1 ü.vtt": "WEBVTT",
      "run/output/page.svg": "<svg>",
      "run/logs": "",
    })) {
      writeFileSync(path.join(directory, name), content);
    }
    symlinkSync(path.join(directory, "secret.txt"), path.join(run, "link.txt"));
    symlinkSync(directory, path.join(run, "up"));
    symlinkSync(path.join(run, "circle"), path.join(run, "circle"));
    symlinkSync("ten.mp4", path.join(run, "output", "same.mp4"));
    execFileSync("mkfifo", [path.join(run, "pipe")]);
    // Through a link to the folder itself, which is where the run is.
    symlinkSync(run, path.join(directory, "linked"));
    server = await serveFolder(path.join(directory, "linked"), { index: "report.html", port: 0 });
  });
  after(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Sends the path as it is, where other clients resolve dots. */
  function ask(target: string, { method = "GET", headers = {} }: { method?: string; headers?: object } = {}) {
    const { hostname, port } = new URL(server.address);
    return new Promise<Answer>((resolve, reject) => {
      request({ hostname, port, method, path: target, headers: { ...headers } }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
      })
        .on("error", reject)
        .end();
    });
  }

  const files: [target: string, type: string, body: string][] = [
    ["/", "text/html; charset=utf-8", "<p>Report"],
    ["/?again", "text/html; charset=utf-8", "<p>Report"],
    ["/report.html#scenes", "text/html; charset=utf-8", "<p>Report"],
    ["/output/hls/master.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U"],
    ["/output/../output/ten.mp4", "video/mp4", BYTES],
    ["/output/same.mp4", "video/mp4", BYTES],
    ["/output/empty.m4s", "video/iso.segment", ""],
    ["/output/50%20%25%20%231%20%C3%BC.vtt", "text/vtt; charset=utf-8", "WEBVTT"],
    // What a user's own container wrote is not shown as a page.
    ["/output/page.svg", "application/octet-stream", "<svg>"],
  ];
  for (const [target, type, body] of files) {
    it(`answers ${target} as ${type}`, async () => {
      const answer = await ask(target);
      assert.deepEqual([answer.status, answer.headers["content-type"], answer.body], [200, type, body]);
      assert.equal(answer.headers["content-length"], String(body.length));
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      assert.equal(answer.headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
      assert.match(String(answer.headers["content-security-policy"]), /^default-src 'none';/);
    });
  }

  const outside = [
    ...["/../secret.txt", "/output/../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt"],
    ...["/../run-of-others/report.html", "//etc/passwd", "/up/secret.txt", "/link.txt", "/circle", "/pipe"],
    ...["/output", "/output/", "/report.html/", "/nothing", "/%00", `/${"a".repeat(5000)}`],
  ];
  for (const target of outside) {
    it(`has no ${target.slice(0, 40)}`, async () => {
      const { status, body } = await ask(target);
      assert.equal(status, 404);
      assert.match(body, /^The run has no file .*\.\n$/s);
    });
  }

  const ranges: [range: string, status: number, contentRange: string | undefined, body: string][] = [
    ["bytes=0-", 206, "bytes 0-9/10", BYTES],
    ["bytes=2-4", 206, "bytes 2-4/10", "234"],
    ["bytes=9-9", 206, "bytes 9-9/10", "9"],
    ["bytes=8-99", 206, "bytes 8-9/10", "89"],
    ["bytes=-3", 206, "bytes 7-9/10", "789"],
    ["bytes=-99", 206, "bytes 0-9/10", BYTES],
    ["bytes=10-", 416, "bytes */10", "The file has 10 bytes.\n"],
    ["bytes=-0", 416, "bytes */10", "The file has 10 bytes.\n"],
    // Invalid ones don't count, and several at once may be answered with the whole.
    ["bytes=4-2", 200, undefined, BYTES],
    ["bytes=-", 200, undefined, BYTES],
    ["bytes=0-1,4-5", 200, undefined, BYTES],
    ["seconds=0-1", 200, undefined, BYTES],
  ];
  for (const [range, status, contentRange, body] of ranges) {
    it(`answers ${range} of ten bytes with ${status}`, async () => {
      const answer = await ask("/output/ten.mp4", { headers: { range } });
      assert.deepEqual([answer.status, answer.headers["content-range"], answer.body], [status, contentRange, body]);
      if (status !== 416) assert.equal(answer.headers["content-length"], String(body.length));
    });
  }

  it("answers HEAD without the bytes, and no range of an empty file", async () => {
    const head = await ask("/output/ten.mp4", { method: "HEAD", headers: { range: "bytes=2-4" } });
    assert.deepEqual([head.status, head.headers["content-length"], head.body], [206, "3", ""]);
    const empty = await ask("/output/empty.m4s", { headers: { range: "bytes=0-" } });
    assert.deepEqual([empty.status, empty.headers["content-range"]], [416, "bytes */0"]);
  });

  it("goes on when a player leaves in the middle of a file", async () => {
    truncateSync(path.join(directory, "run", "output", "long.mp4"), 1e9);
    await new Promise<void>((resolve, reject) => {
      const left = request(`${server.address}/output/long.mp4`, (response) => {
        response.on("error", () => undefined).once("data", () => left.destroy());
        response.on("close", resolve);
      });
      left.on("error", reject).end();
    });
    const { status, body } = await ask("/output/long.mp4", { headers: { range: "bytes=-2" } });
    assert.deepEqual([status, body], [206, "\0\0"]);
  });

  it("refuses to write, and what is no path", async () => {
    const post = await ask("/", { method: "POST" });
    assert.deepEqual([post.status, post.headers["allow"]], [405, "GET, HEAD"]);
    assert.equal(post.body, "The method must be GET or HEAD. Received POST.\n");
    for (const target of ["/%zz", "*", "http://127.0.0.1/"]) {
      const { status, body } = await ask(target);
      assert.deepEqual([status, body], [400, "The path of the URL can't be decoded.\n"]);
    }
  });

  for (const host of ["127.0.0.1", "127.0.0.1:1", "localhost:9000", "LOCALHOST"]) {
    it(`answers the host ${host}`, async () => {
      assert.equal((await ask("/", { headers: { host } })).status, 200);
    });
  }
  for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "127.0.0.1:80:80"]) {
    it(`refuses the host ${JSON.stringify(host)}, whose page may have been given this address`, async () => {
      const { status, body } = await ask("/", { headers: { host } });
      assert.equal(status, 403);
      assert.equal(body, `The host must be 127.0.0.1 or localhost. Received ${JSON.stringify(host)}.\n`);
    });
  }

  it("listens on 127.0.0.1 alone, and says when a port is taken", async () => {
    assert.match(server.address, /^http:\/\/127\.0\.0\.1:\d+$/);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      await assert.rejects(serveFolder(directory, { index: "report.html", port }), {
        name: "UsageError",
        message: `Port ${port} can't be used: another program is using it. Choose another --port, or leave it out to get a free one.`,
      });
    } finally {
      taken.close();
    }
  });
});
