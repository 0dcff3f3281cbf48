import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import fc from "fast-check";

import { addTicks, beginsUnit, NULL_PID, pidOf } from "../../../../worker/source/transport/transportStream";
import { readEdited } from "../../../../worker/source/transport/editPackets";
import { readTables } from "../../../../worker/source/transport/tables";
import { clipDirectory, ffmpeg, ffprobe, makeClip } from "../../../support/clips";
import { writeFile } from "node:fs/promises";

const WRAP = 2 ** 33;

/** The five bytes of a timestamp, as ISO 13818-1 has them: 3, 15 and 15 bits, each followed by a 1. */
function timestamp(ticks: number): Buffer {
  const bits = BigInt(ticks);
  const word = (0b0011n << 36n) | ((bits >> 30n) << 33n) | (1n << 32n);
  const rest = (((bits >> 15n) & 0x7fffn) << 17n) | (1n << 16n) | ((bits & 0x7fffn) << 1n) | 1n;
  return Buffer.from((word | rest).toString(16).padStart(10, "0"), "hex");
}

describe("addTicks", () => {
  it("adds to a timestamp of 33 bits, and leaves the bits in between", () => {
    const ticks = fc.integer({ min: 0, max: WRAP - 1 });
    fc.assert(
      fc.property(ticks, fc.integer({ min: 1 - WRAP, max: WRAP - 1 }), (time, more) => {
        const bytes = timestamp(time);
        addTicks(bytes, 0, more);
        assert.deepEqual(bytes, timestamp((((time + more) % WRAP) + WRAP) % WRAP));
      }),
    );
  });
});

describe("a transport stream that is read with edits", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bytes: Buffer;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 1, sound: true });
    await ffmpeg("-i", clip, "-c", "copy", join(path, "clip.ts"));
    bytes = await readFile(join(path, "clip.ts"));
  });
  after(() => remove());

  const edits = [
    { pid: 256, from: 188 * 50, ticks: 90_000 },
    { pid: 257, from: 0, becomes: 300 },
  ];
  const reader = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));

  it("has no unit that begins in a packet which is taken out", async () => {
    const read = await readEdited(reader, bytes.length, [{ pid: 256, from: 0, becomes: NULL_PID }]);
    const whole = await read(0, bytes.length);
    const packets = Array.from({ length: whole.length / 188 }, (_, index) => whole.subarray(188 * index));
    const removed = packets.filter((packet) => pidOf(packet) === NULL_PID);
    assert.ok(removed.length > 10);
    assert.ok(!removed.some(beginsUnit));
  });

  it("is the same whatever ranges of it are read", async () => {
    const read = await readEdited(reader, bytes.length, edits);
    const whole = await read(0, bytes.length);
    assert.equal(whole.length, bytes.length);
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other) + 1];
        assert.ok((await read(start, end - start)).equals(whole.subarray(start, end)));
      }),
      { numRuns: 20 },
    );
  });

  it("has later pictures, at the same distance, and sound with another PID", async () => {
    const read = await readEdited(reader, bytes.length, [{ pid: 256, from: 0, ticks: 90_000 }]);
    await writeFile(join(path, "edited.ts"), await read(0, bytes.length));
    const times = async (file: string): Promise<number[]> =>
      (await ffprobe(join(path, file), "packet=pts", "-select_streams", "v:0")).map(([pts]) => Number(pts));
    assert.deepEqual(
      await times("edited.ts"),
      (await times("clip.ts")).map((time) => time + 90_000),
    );
  });

  it("says in its tables which streams there are", () => {
    const { tablePids, streamTypes } = readTables(bytes, { stride: 188, offset: 0 });
    assert.deepEqual([...tablePids], [0, 4096]);
    // H.264 and AAC.
    assert.deepEqual(
      [...streamTypes],
      [
        [256, 0x1b],
        [257, 0x0f],
      ],
    );
  });
});
