import assert from "node:assert/strict";

import { readTable } from "../../../../worker/source/mp4/tables";
import { box, fullBox, uint32 } from "../../../../worker/fmp4/boxes";

describe("a table of an MP4's index", () => {
  const ENTRIES = 200_000;
  const entries = Buffer.from(Uint32Array.from({ length: 2 * ENTRIES }, (_, index) => index).buffer).swap32();
  const table = fullBox("stts", 0, 0, uint32(ENTRIES), entries);
  const bytes = box("trak", box("mdia", box("minf", box("stbl", table))));
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  const place = { type: "trak", at: 0, body: 8, end: bytes.length };
  const track = { box: place, id: 1, kind: "vide", header: Buffer.alloc(0) };

  it("comes in few pieces, and in its order", async () => {
    const found = await readTable(read, track, "stts", { fields: 1, width: 2 });
    assert.deepEqual(found?.fields, [ENTRIES]);
    let [pieces, next] = [0, 0];
    for await (const piece of found.pieces()) {
      pieces += 1;
      for (const [count, ticks] of piece) {
        if (count !== next || ticks !== next + 1) assert.fail(`${count} and ${ticks} at ${next}`);
        next += 2;
      }
    }
    assert.deepEqual([pieces, next], [4, 2 * ENTRIES]);
  });

  it("is undefined if the track has none", async () => {
    assert.equal(await readTable(read, track, "ctts", { fields: 1, width: 2 }), undefined);
  });
});
