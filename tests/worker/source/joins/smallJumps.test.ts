import assert from "node:assert/strict";

import type { Stretch } from "../../../../worker/source/frames/stretches";
import type { Track } from "../../../../worker/source/joins/findJoins";
import { mergeAtSmallJumps } from "../../../../worker/source/joins/smallJumps";
import { PACKET_BYTES } from "../../../../worker/source/transport/transportStream";

const [PICTURES, SOUND] = [0x101, 0x102];

interface Contents {
  counter: number;
  /** Whether a unit begins in it. */
  begins?: boolean;
  /** Whether it isn't filled up. */
  full?: boolean;
}

/** A packet of an elementary packet that doesn't say how long it is. */
function packet(pid: number, { counter, begins = true, full = false }: Contents): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
  const control = full ? 0x10 : 0x30;
  bytes.writeUInt32BE(((0x47 << 24) | ((begins ? 0x40 : 0) << 16) | (pid << 8) | control | counter) >>> 0, 0);
  if (!full) Buffer.from([1, 0]).copy(bytes, 4);
  if (begins && pid !== 0) Buffer.from([0, 0, 1, 0xe0, 0, 0]).copy(bytes, full ? 4 : 6);
  return bytes;
}

/** A packet that is no stream's. */
const FILLER = packet(0x1fff, { counter: 0, begins: false });

const stretch = (stream: number, first: number, last: number, decoded: number, jump = 0): Stretch => ({
  ...{ stream, position: PACKET_BYTES * first, lastPosition: PACKET_BYTES * last, lastKeyframes: [], jump },
  ...{ decoded, decodedUntil: decoded + 1, begin: decoded, end: decoded + 1 },
  keyframe: { position: PACKET_BYTES * first, size: 1, shown: decoded },
});

/** How many stretches are left of pictures and of sound, of which the former jump by 0.3 s. */
async function left(packets: Record<number, Buffer>, heard = 0.28, format = "mpegts"): Promise<number[]> {
  const bytes = Buffer.concat(Array.from({ length: 200 }, (_, index) => packets[index] ?? FILLER));
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  const pictures: Track = [stretch(0, 2, 90, 0), stretch(0, 100, 190, 1.3, 0.3)];
  const sound: Track =
    heard > 0 ? [stretch(1, 3, 91, 0), stretch(1, 102, 191, 1 + heard, heard)] : [stretch(1, 3, 191, 0)];
  return (await mergeAtSmallJumps(read, [pictures, sound], format)).map(({ length }) => length);
}

const BEFORE = {
  80: packet(0, { counter: 7 }),
  90: packet(PICTURES, { counter: 4 }),
  91: packet(SOUND, { counter: 3 }),
  92: packet(PICTURES, { counter: 5, begins: false }),
};
const ANEW = { ...BEFORE, 99: packet(0, { counter: 0 }), 100: packet(PICTURES, { counter: 0 }) };
const JOINED = [2, 2];
const MERGED = [1, 1];

describe("mergeAtSmallJumps", () => {
  it("leaves a jump where another recording begins, or where all packets are counted on", async () => {
    assert.deepEqual(await left(ANEW), JOINED);
    assert.deepEqual(await left({ ...BEFORE, 100: packet(PICTURES, { counter: 6 }) }), JOINED);
  });

  it("merges what sound goes across, or jumps by another amount, and what other containers have", async () => {
    assert.deepEqual(await left(ANEW, 0), MERGED);
    assert.deepEqual(await left(ANEW, 0.05), MERGED);
    assert.deepEqual(await left(ANEW, 0.28, "mpeg"), MERGED);
  });

  it("merges where packets are missing", async () => {
    const cases: Record<number, Buffer>[] = [
      // Before a picture, but not to a recording that counts from 0, or that has tables.
      { ...ANEW, 100: packet(PICTURES, { counter: 9 }) },
      { ...ANEW, 99: FILLER },
      // Within a picture before the jump, or its end.
      { ...ANEW, 93: packet(PICTURES, { counter: 9, begins: false }) },
      { ...ANEW, 92: packet(PICTURES, { counter: 5, begins: false, full: true }) },
      // And bytes that are no packets.
      { ...ANEW, 95: Buffer.alloc(PACKET_BYTES) },
    ];
    for (const packets of cases) assert.deepEqual(await left(packets), MERGED);
  });

  it("makes one stretch of two, from the beginning of the first to the end of the second", async () => {
    const pictures = [stretch(0, 2, 90, 0), stretch(0, 100, 190, 1.3, 0.3), stretch(0, 192, 195, 9, 6.7)];
    const [merged] = await mergeAtSmallJumps(() => Promise.resolve(Buffer.alloc(0)), [pictures], "flv");
    const both = { lastPosition: PACKET_BYTES * 190, decodedUntil: 2.3, end: 2.3 };
    assert.deepEqual(merged, [{ ...pictures[0], ...both }, pictures[2]]);
  });
});
