import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { FileStorage } from "../../../worker/storage/file";
import { clipDirectory } from "../../support/clips";

describe("FileStorage", () => {
  const storage = new FileStorage();
  let path: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ path, remove } = await clipDirectory()));
  afterEach(() => remove());
  const uri = (name: string): string => `file://${join(path, name)}`;

  it("writes text, bytes and streams, and makes directories", async () => {
    async function* pieces(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from("one "));
      yield Buffer.from("two");
    }
    const name = "a b/100% #1's.json";
    assert.equal(await storage.write(uri(name), "grüße"), 7);
    assert.equal(await storage.readText(uri(name)), "grüße");
    assert.equal(await storage.write(uri(name), Buffer.from([1, 2])), 2);
    assert.equal(await storage.write(uri(name), pieces()), 7);
    assert.equal(await readFile(join(path, name), "utf8"), "one two");
    assert.deepEqual(await storage.list(uri("a b/")), new Map([["100% #1's.json", 7]]));
    assert.deepEqual([await storage.folders(uri("")), await storage.folders(uri("a b/"))], [["a b"], []]);
  });

  it("leaves the earlier file, and nothing else, when a stream fails", async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from("half"));
      throw new Error("the encoder died");
    }
    await storage.write(uri("x.mp4"), "whole");
    await assert.rejects(storage.write(uri("x.mp4"), failing()), { message: "the encoder died" });
    assert.equal(await storage.readText(uri("x.mp4")), "whole");
    assert.deepEqual(await readdir(path), ["x.mp4"]);
  });

  it("handles missing files", async () => {
    assert.equal(await storage.stat(uri("no")), undefined);
    assert.equal(await storage.readText(uri("no")), undefined);
    assert.deepEqual(await storage.list(uri("no/")), new Map());
    assert.deepEqual(await storage.folders(uri("no/")), []);
    await storage.remove(uri("no"));
    await assert.rejects(storage.openRead(uri("no")), { name: "JobError", message: `${uri("no")} doesn't exist.` });
  });

  it("gives a changed file another etag", async () => {
    await writeFile(join(path, "x"), "12345");
    const before = await storage.stat(uri("x"));
    assert.deepEqual(await storage.stat(uri("x")), before);
    await writeFile(join(path, "x"), "54321");
    assert.notEqual((await storage.stat(uri("x")))?.etag, before?.etag);
  });

  it("reads ranges, of the file with this etag only", async () => {
    await writeFile(join(path, "x"), "0123456789");
    const { etag } = (await storage.stat(uri("x")))!;
    assert.equal(String(await storage.readRange(uri("x"), { etag, start: 2, length: 3 })), "234");
    await assert.rejects(storage.readRange(uri("x"), { etag: "1-1", start: 2, length: 3 }), {
      name: "JobError",
      message: '"x" was replaced while it was read; start the pipeline again.',
    });
    await assert.rejects(storage.readRange(uri("no"), { etag, start: 2, length: 3 }), {
      name: "JobError",
      message: '"no" was removed while it was read; upload it and start the pipeline again.',
    });
  });

  it("explains a disk that can't read", async function () {
    // The memory at address 0 is a file's part that nothing can read.
    if (process.platform !== "linux") return this.skip();
    const memory = "file:///proc/self/mem";
    const { etag } = (await storage.stat(memory))!;
    await assert.rejects(storage.readRange(memory, { etag, start: 0, length: 1 }), {
      name: "JobError",
      message: `Couldn't read ${memory}: the disk reports an error.`,
    });
  });

  it("refuses a directory as a file", async () => {
    await mkdir(join(path, "d"));
    await assert.rejects(storage.stat(uri("d")), {
      name: "InputError",
      message: '"d" is a directory, not a file.',
    });
  });

  it("refuses a device as a file, which isn't empty although it has no size", async () => {
    await assert.rejects(storage.stat("file:///dev/null"), {
      name: "InputError",
      message: '"null" is a device or a pipe, not a file; save what it delivers in a file.',
    });
  });
});
