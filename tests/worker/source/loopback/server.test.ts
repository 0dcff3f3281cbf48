import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";

import { openSource, type Source } from "../../../../worker/source/loopback/source";
import { MemoryStorage } from "../../memoryStorage";

const MIB = 1024 * 1024;
const URI = "s3://videos/a clip.mp4";

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** As ffmpeg asks: a connection for each request. */
async function ask(url: string, headers: OutgoingHttpHeaders = {}, method = "GET"): Promise<Answer> {
  const asking = request(url, { method, headers: { connection: "close", ...headers }, agent: false }).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) };
}

describe("the source on loopback", () => {
  const content = randomBytes(3 * MIB + 17);
  const storage = new MemoryStorage();
  let source: Source;
  before(async () => {
    await storage.write(URI, content);
    await storage.write("s3://videos/empty.mp4", "");
    source = await openSource(storage, URI, (await storage.stat(URI))!);
  });
  after(() => source.close());

  it("has an address that nobody guesses, with the extension of the file", async () => {
    assert.match(source.url, /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\.mp4$/);
    const other = await openSource(storage, URI, (await storage.stat(URI))!);
    other.close();
    assert.notEqual(new URL(other.url).pathname, new URL(source.url).pathname);
    for (const path of ["/", "/a%20clip.mp4", `${new URL(source.url).pathname}?x`]) {
      const { status, body } = await ask(new URL(path, source.url).href);
      assert.deepEqual([status, body.length], [404, 0], path);
    }
  });

  const ranges: [range: string | undefined, status: number, start: number, end: number][] = [
    [undefined, 200, 0, content.length],
    ["bytes=0-", 206, 0, content.length],
    ["bytes=1000000-", 206, 1_000_000, content.length],
    ["bytes=262143-262144", 206, 262_143, 262_145],
    ["bytes=-17", 206, 3 * MIB, content.length],
    ["bytes=3145744-9999999", 206, 3 * MIB + 16, content.length],
    ["bytes=0-1,5-6", 200, 0, content.length],
  ];
  for (const [range, status, start, end] of ranges) {
    it(`answers ${range ?? "without a range"} with its length, never in chunks`, async () => {
      for (const method of ["GET", "HEAD"]) {
        const answer = await ask(source.url, range === undefined ? {} : { range }, method);
        const { headers } = answer;
        assert.deepEqual(
          [answer.status, headers["content-length"], headers["content-range"], headers["accept-ranges"]],
          [
            status,
            String(end - start),
            status === 206 ? `bytes ${start}-${end - 1}/${content.length}` : undefined,
            "bytes",
          ],
        );
        assert.equal(headers["transfer-encoding"], undefined);
        assert.equal(headers.connection, "close");
        assert.ok(answer.body.equals(method === "GET" ? content.subarray(start, end) : Buffer.alloc(0)));
      }
    });
  }

  it("refuses a range behind the end, and other methods", async () => {
    const { status, headers, body } = await ask(source.url, { range: `bytes=${content.length}-` });
    assert.deepEqual([status, headers["content-range"], body.length], [416, `bytes */${content.length}`, 0]);
    const post = await ask(source.url, {}, "POST");
    assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
  });

  it("serves an empty object", async () => {
    const uri = "s3://videos/empty.mp4";
    const empty = await openSource(storage, uri, (await storage.stat(uri))!);
    const whole = await ask(empty.url);
    assert.deepEqual([whole.status, whole.headers["content-length"], whole.body.length], [200, "0", 0]);
    const range = await ask(empty.url, { range: "bytes=0-" });
    assert.deepEqual([range.status, range.headers["content-range"]], [416, "bytes */0"]);
    assert.equal((await empty.read(0, 100)).length, 0);
    empty.close();
  });

  it("serves many short connections", async () => {
    for (let count = 0; count < 1000; count++) {
      const start = (count * 7919) % content.length;
      const { body } = await ask(source.url, { range: `bytes=${start}-${start + 9}` });
      assert.ok(body.equals(content.subarray(start, start + 10)));
    }
  });

  it("goes on after clients that leave in the middle, and counts nothing against them", async () => {
    const { port, pathname } = new URL(source.url);
    for (let count = 0; count < 20; count++) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await once(socket, "data");
      socket.resetAndDestroy();
    }
    assert.ok((await ask(source.url)).body.equals(content));
    assert.equal(source.failed.aborted, false);
  });

  it("reads ranges for this process too, shorter at the end", async () => {
    assert.ok((await source.read(MIB - 5, MIB)).equals(content.subarray(MIB - 5, 2 * MIB - 5)));
    assert.ok((await source.read(3 * MIB, 100)).equals(content.subarray(3 * MIB)));
  });

  it("answers no longer when it is closed", async () => {
    const closed = await openSource(storage, URI, (await storage.stat(URI))!);
    closed.close();
    await assert.rejects(ask(closed.url), { code: "ECONNREFUSED" });
  });

  describe("of which a part can't be read", () => {
    class Unreadable extends MemoryStorage {
      waiting: (() => void)[] = [];
      override async readRange(...args: Parameters<MemoryStorage["readRange"]>): Promise<Buffer> {
        if (args[1].start + args[1].length <= 2 * MIB) return super.readRange(...args);
        await new Promise<void>((resolve) => this.waiting.push(resolve));
        throw new Error("S3 is down.");
      }
    }
    const unreadable = new Unreadable(undefined, undefined, storage.objects);
    let broken: Source;
    beforeEach(async () => {
      unreadable.waiting = [];
      broken = await openSource(unreadable, URI, (await unreadable.stat(URI))!);
    });
    afterEach(() => broken.close());
    const untilAsked = async (): Promise<void> => {
      while (unreadable.waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    };

    it("fails, and breaks off, when a client waits for it", async () => {
      const asking = ask(broken.url, { range: `bytes=${2 * MIB}-` });
      await untilAsked();
      unreadable.waiting.forEach((fail) => fail());
      await assert.rejects(asking, { code: "ECONNRESET" });
      assert.deepEqual([broken.failed.aborted, String(broken.failed.reason)], [true, "Error: S3 is down."]);
    });

    it("does not fail when the client that asked for it has left", async () => {
      const { port, pathname } = new URL(broken.url);
      const socket = connect(Number(port), "127.0.0.1");
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: x\r\nRange: bytes=${2 * MIB}-\r\n\r\n`);
      await untilAsked();
      socket.destroy();
      await once(socket, "close");
      // Whatever this connection brings, the server learns of the other one's end before.
      assert.equal((await ask(broken.url, { range: "bytes=0-9" })).body.length, 10);
      unreadable.waiting.forEach((fail) => fail());
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(broken.failed.aborted, false);
    });

    it("does not fail for what is only read ahead", async () => {
      const { body } = await ask(broken.url, { range: `bytes=0-${2 * MIB - 1}` });
      assert.ok(body.equals(content.subarray(0, 2 * MIB)));
      await untilAsked();
      unreadable.waiting.forEach((fail) => fail());
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(broken.failed.aborted, false);
    });
  });
});
