import assert from "node:assert/strict";

import fc from "fast-check";

import type { TimedSample } from "../../../worker/fmp4/fragment";
import { SEGMENT_TYPE, writeFragment } from "../../../worker/fmp4/fragment";
import type { FragmentedItem } from "../../../worker/fmp4/readFragmented";
import { readFragmented } from "../../../worker/fmp4/readFragmented";

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length));
}

async function read(bytes: Buffer, length: number): Promise<FragmentedItem[]> {
  const items: FragmentedItem[] = [];
  for await (const item of readFragmented(inPieces(bytes, length))) items.push(item);
  return items;
}

const samples: fc.Arbitrary<TimedSample[]> = fc
  .record({
    start: fc.integer({ min: 0, max: 2 ** 40 }),
    samples: fc.array(
      fc.record({
        duration: fc.integer({ min: 1, max: 100_000 }),
        composition: fc.integer({ min: 0, max: 100_000 }),
        sync: fc.boolean(),
        data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  })
  .map(({ start, samples: all }) => {
    let dts = start;
    return all.map(({ duration, composition, sync, data }) => {
      const sample = { dts, pts: dts + composition, duration, sync, data: Buffer.from(data) };
      dts += duration;
      return sample;
    });
  });

describe("fragments of an MP4", () => {
  it("are read as they were written, in whatever pieces the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(samples, fc.integer({ min: 1, max: 200 }), async (written, length) => {
        const items = await read(Buffer.concat([writeFragment(1, written), writeFragment(2, written)]), length);
        const expected = {
          kind: "samples",
          samples: written.map(({ pts, duration, sync, data }) => ({ pts, duration, sync, data })),
        };
        assert.deepEqual(items, [expected, expected]);
      }),
      { numRuns: 50 },
    );
  });

  it("that are cut off are an error", async () => {
    const whole = writeFragment(1, [{ dts: 0, pts: 0, duration: 1, sync: true, data: Buffer.alloc(10) }]);
    await assert.rejects(read(whole.subarray(0, -1), 1000), {
      message: "The fragmented MP4 ends in the middle of a box.",
    });
  });
});

it("a segment claims no brand that promises an index (msix), because it has none", () => {
  const brands = SEGMENT_TYPE.subarray(16).toString("latin1").match(/.{4}/g);
  assert.deepEqual([SEGMENT_TYPE.readUInt32BE(0), brands], [SEGMENT_TYPE.length, ["msdh", "cmfs"]]);
});
