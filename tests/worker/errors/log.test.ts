import assert from "node:assert/strict";

import { failAfter } from "../../../worker/errors/log";

describe("failAfter", () => {
  let lines: string[];
  let restore: () => void;
  beforeEach(() => {
    lines = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (line: string) => lines.push(line) > 0;
    restore = () => (process.stderr.write = write);
  });
  afterEach(() => restore());

  it("fails with the failure when what it calls for is done", async () => {
    const done: string[] = [];
    const work = async () => void done.push(await Promise.resolve("unpublished"));
    await assert.rejects(failAfter(new Error("A segment is missing."), work), { message: "A segment is missing." });
    assert.deepEqual([done, lines], [["unpublished"], []]);
  });

  it("says nothing twice", async () => {
    const work = () => Promise.reject(new Error("Access Denied"));
    await assert.rejects(failAfter(new Error("Access Denied"), work), { message: "Access Denied" });
    assert.deepEqual(lines, []);
  });

  it("logs the failure when the job ends with the sentence of another", async () => {
    const work = () => Promise.reject(new Error("Access Denied"));
    await assert.rejects(failAfter(new Error("A segment\nis missing."), work), { message: "Access Denied" });
    assert.deepEqual(lines, ["Before the failure below: A segment is missing.\n"]);
  });
});
