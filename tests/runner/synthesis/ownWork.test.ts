import assert from "node:assert/strict";
import { executionAsyncResource } from "node:async_hooks";
import { execFile } from "node:child_process";
import { lookup } from "node:dns";
import { createReadStream, readFile } from "node:fs";
import * as promises from "node:fs/promises";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { OwnWork } from "../../../runner/synthesis/ownWork";

type Begin = (done: () => void, url: string) => void;

const KINDS: Record<string, Begin> = {
  "a timer": (done) => void setTimeout(done, 20),
  "an interval": (done) => {
    const interval = setInterval(() => {
      clearInterval(interval);
      done();
    }, 5);
  },
  "an immediate": (done) => void setImmediate(done),
  "a file": (done) => readFile(__filename, done),
  "files, one after the other": (done) => {
    void (async () => {
      for (let time = 0; time < 5; time++) await promises.readFile(__filename);
      done();
    })();
  },
  "a stream": (done) => void createReadStream(__filename).resume().on("close", done),
  "a request": (done, url) => void get(url, (response) => response.resume().on("end", done)),
  "a fetch": (done, url) => void fetch(url).then((response) => response.text().then(done)),
  "a process": (done) => void execFile(process.execPath, ["--version"], done),
  "a lookup": (done) => lookup("localhost", done),
};

describe("the work of a program", () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = createServer((_, response) => void setTimeout(() => response.end("here"), 20)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => server.close());

  for (const [kind, begin] of Object.entries(KINDS)) {
    it(`is ${kind}`, async () => {
      const work = new OwnWork();
      let ended = false;
      work.run(() => begin(() => (ended = true), url));
      await work.end();
      work.stop();
      assert.ok(ended);
    });
  }

  it("is no timer of others, nor one that keeps no process", async () => {
    const began = Date.now();
    const others = setTimeout(() => undefined, 5_000);
    const work = new OwnWork();
    work.run(() => setTimeout(() => undefined, 5_000).unref());
    work.run(() => clearTimeout(setTimeout(() => undefined, 5_000)));
    await work.end();
    work.stop();
    clearTimeout(others);
    assert.ok(Date.now() - began < 4_000);
  });

  it("leaves nothing on later promises, which each earlier program would slow down", async () => {
    const carried = async (): Promise<number> => {
      await Promise.resolve();
      return Object.getOwnPropertySymbols(executionAsyncResource()).length;
    };
    const run = (): void => {
      const work = new OwnWork();
      work.run(() => undefined);
      work.stop();
    };
    run();
    const before = await carried();
    for (let times = 0; times < 10; times++) run();
    assert.equal(await carried(), before);
  });
});
