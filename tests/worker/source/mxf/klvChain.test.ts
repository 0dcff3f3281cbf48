import assert from "node:assert/strict";

import { KlvChain } from "../../../../worker/source/mxf/klvChain";

const KEY = Buffer.from("060e2b34010201010d01030105010100", "hex");

/** Packets of 100 bytes behind their keys, and where those begin. */
const units = Array.from({ length: 4 }, () =>
  Buffer.concat([KEY, Buffer.from("83000064", "hex"), Buffer.alloc(100, 7)]),
);
const [UNIT] = units as [Buffer];

/** When packets are decoded that lack a part. */
async function lost(file: Buffer, positions: readonly number[], format_name = "mxf"): Promise<number[] | undefined> {
  const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  const chain = KlvChain.of(read, { format_name });
  for (const [dts, position] of positions.entries()) await chain?.add({ stream: 1, dts, position, size: 100 });
  return chain?.lost.get(1) ?? (chain ? [] : undefined);
}

describe("the chain of keys and lengths of MXF", () => {
  const whole = Buffer.concat(units);
  const places = units.map((_, number) => number * UNIT.length);

  it("leads from each packet to the next, and to the end of the file", async () => {
    assert.deepEqual(await lost(whole, places), []);
  });
  it("breaks with a packet that lacks some bytes, within which the next one begins", async () => {
    for (const missing of [3, 50]) {
      const at = UNIT.length + 30;
      const cut = Buffer.concat([whole.subarray(0, at), whole.subarray(at + missing)]);
      assert.deepEqual(await lost(cut, [0, UNIT.length, 3 * UNIT.length - missing]), [1]);
    }
  });
  it("says nothing of a packet before a key that is overwritten, nor where one key precedes all packets", async () => {
    const overwritten = Buffer.from(whole).fill(0, UNIT.length, UNIT.length + KEY.length);
    assert.deepEqual(await lost(overwritten, [0, 2 * UNIT.length, 3 * UNIT.length]), []);
    assert.deepEqual(await lost(Buffer.alloc(900, 6), [0, 100, 200]), []);
  });
  it("is none of other containers", async () => {
    assert.equal(await lost(whole, places, "avi"), undefined);
  });
});
