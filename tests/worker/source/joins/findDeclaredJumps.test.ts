import assert from "node:assert/strict";

import type { Stretch } from "../../../../worker/source/frames/stretches";
import { findDeclaredJumps } from "../../../../worker/source/joins/findDeclaredJumps";
import { PACKET_BYTES } from "../../../../worker/source/transport/transportStream";

const [TABLE, PICTURES, SOUND] = [0x100, 0x101, 0x102];

/** A packet with a section or without contents, which may say that something new begins with it. */
function packet(pid: number, { section, isNew = false }: { section?: number[]; isNew?: boolean } = {}): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
  bytes.writeUInt32BE(((0x47 << 24) | ((section ? 0x40 : 0) << 16) | (pid << 8) | (section ? 0x10 : 0x20)) >>> 0, 0);
  if (section) Buffer.from([0, ...section]).copy(bytes, 4);
  else Buffer.from([183, isNew ? 0x80 : 0]).copy(bytes, 4);
  return bytes;
}

const section = (id: number, ...contents: number[]): number[] => [
  id,
  0xb0,
  5 + contents.length + 4,
  0,
  1,
  0xc1,
  0,
  0,
  ...contents,
];
const PROGRAMMES = packet(0, { section: section(0, 0, 1, 0xe1, 0) });
/** The pictures' packets carry the clock. */
const STREAMS = packet(TABLE, {
  section: section(2, 0xe1, 1, 0xf0, 0, 0x1b, 0xe1, 1, 0xf0, 0, 0x0f, 0xe1, 2, 0xf0, 0),
});

const stretch = (first: number, last: number): Stretch => ({
  ...{ stream: 0, position: PACKET_BYTES * first, lastPosition: PACKET_BYTES * last, lastKeyframes: [], jump: 5 },
  ...{ decoded: 0, decodedUntil: 0, begin: 0, end: 0 },
});

/** Which of the stretches of pictures after the first one begin with a clock of their own. */
async function declaredOf(packets: Record<number, Buffer>, ...stretches: Stretch[]): Promise<number[]> {
  const bytes = Buffer.concat(Array.from({ length: 12_000 }, (_, index) => packets[index] ?? packet(PICTURES)));
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  const declared = await findDeclaredJumps(read, stretches);
  return stretches.flatMap((one, index) => (declared.has(one) ? [index] : []));
}

const TABLES = { 0: PROGRAMMES, 1: STREAMS };
const NEW = packet(PICTURES, { isNew: true });

describe("findDeclaredJumps", () => {
  it("finds the jump nearest to a packet with which the clock begins anew", async () => {
    const stretches = [stretch(2, 99), stretch(100, 5999), stretch(6000, 6499), stretch(6500, 11_999)];
    assert.deepEqual(await declaredOf({ ...TABLES, 6100: NEW }, ...stretches), [2]);
    assert.deepEqual(await declaredOf({ ...TABLES, 95: NEW, 6499: NEW }, ...stretches), [1, 3]);
  });

  it("finds none far away, at the beginning, or in packets without the clock", async () => {
    const stretches = [stretch(2, 5999), stretch(6000, 11_999)];
    assert.deepEqual(await declaredOf({ ...TABLES, 4000: NEW }, ...stretches), []);
    assert.deepEqual(await declaredOf({ ...TABLES, 2: NEW }, stretch(2, 99), stretch(100, 11_999)), []);
    assert.deepEqual(await declaredOf({ ...TABLES, 6000: packet(SOUND, { isNew: true }) }, ...stretches), []);
  });

  describe("without such a packet", () => {
    const keyframe = { position: PACKET_BYTES * 100, size: 1, shown: 0 };
    const stretches = [stretch(2, 90), { ...stretch(100, 11_999), keyframe }];
    const unit = (pid: number, counter: number, begins = true): Buffer => {
      const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
      bytes.writeUInt32BE(((0x47 << 24) | ((begins ? 0x40 : 0) << 16) | (pid << 8) | 0x10 | counter) >>> 0, 0);
      return bytes;
    };
    const before = { ...TABLES, 90: unit(PICTURES, 4), 95: unit(PICTURES, 5, false) };

    it("finds where tables and a keyframe are counted from anew", async () => {
      assert.deepEqual(await declaredOf({ ...before, 99: PROGRAMMES, 100: unit(PICTURES, 0) }, ...stretches), [1]);
    });

    it("finds none where packets are counted on, nothing begins with tables, or a hole ends within a picture", async () => {
      const cases: Record<number, Buffer>[] = [
        { 99: PROGRAMMES, 100: unit(PICTURES, 6) },
        { 100: unit(PICTURES, 0) },
        { 97: unit(PICTURES, 9, false), 99: PROGRAMMES, 100: unit(PICTURES, 10) },
      ];
      for (const packets of cases) {
        assert.deepEqual(await declaredOf({ ...before, ...packets }, ...stretches), []);
      }
    });

    it("finds none where another picture than a keyframe comes first", async () => {
      const [first, second] = stretches as [Stretch, Stretch];
      const later = { ...second, keyframe: { ...keyframe, position: PACKET_BYTES * 200 } };
      assert.deepEqual(await declaredOf({ ...before, 99: PROGRAMMES, 100: unit(PICTURES, 0) }, first, later), []);
    });
  });

  it("finds none in other containers", async () => {
    assert.deepEqual(
      await declaredOf(
        { ...TABLES, 3: Buffer.alloc(PACKET_BYTES), 6000: NEW },
        stretch(2, 5999),
        stretch(6000, 11_999),
      ),
      [],
    );
  });
});
