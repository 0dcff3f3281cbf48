import assert from "node:assert/strict";

import { readAhead } from "../../../worker/storage/readAhead";

describe("readAhead", () => {
  it("reads in order, and begins another read only while there is room", async () => {
    const began: number[] = [];
    const got: string[] = [];
    const read = (item: number): Promise<string> => {
      began.push(item);
      // Those that begin later end sooner.
      return new Promise((resolve) => setTimeout(() => resolve(`read ${item}`), 20 - item));
    };
    for await (const [item, content] of readAhead([1, 2, 3, 4, 5], ({ length }) => length <= 2, read)) {
      got.push(`${content} of ${item}`);
      assert.ok(began.length <= got.length + 2, `${began.length} reads for ${got.length}`);
    }
    assert.deepEqual(got, ["read 1 of 1", "read 2 of 2", "read 3 of 3", "read 4 of 4", "read 5 of 5"]);
  });

  it("reads what never has room alone", async () => {
    const got: number[] = [];
    for await (const [, content] of readAhead(
      [1, 2],
      () => false,
      (item) => Promise.resolve(item),
    ))
      got.push(content);
    assert.deepEqual(got, [1, 2]);
  });

  it("throws a failure when its turn comes", async () => {
    const got: number[] = [];
    const read = (item: number) => (item === 2 ? Promise.reject(new Error("No 2.")) : Promise.resolve(item));
    const all = async (): Promise<void> => {
      for await (const [, content] of readAhead([1, 2, 3], () => true, read)) got.push(content);
    };
    await assert.rejects(all(), { message: "No 2." });
    assert.deepEqual(got, [1]);
  });
});
