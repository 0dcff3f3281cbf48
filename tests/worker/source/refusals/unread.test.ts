import assert from "node:assert/strict";

import { unreadBytes } from "../../../../worker/source/refusals/unread";

const read =
  (bytes: Buffer) =>
  (start: number, length: number): Promise<Buffer> =>
    Promise.resolve(bytes.subarray(start, start + length));

const unread = (format: string, bytes: Buffer, packetsEnd: number): Promise<number> =>
  unreadBytes(format, read(bytes), packetsEnd, bytes.length);

function box(type: string, contents: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + contents.length);
  head.write(type, 4);
  return Buffer.concat([head, contents]);
}

function page(flags: number, contents: number): Buffer {
  const head = Buffer.alloc(27);
  head.write("OggS");
  head[5] = flags;
  head[26] = contents > 0 ? 1 : 0;
  return Buffer.concat([head, Buffer.from(contents > 0 ? [contents] : []), Buffer.alloc(contents)]);
}

const FRAGMENT = Buffer.concat([box("moof", box("mfhd", Buffer.alloc(8))), box("mdat", Buffer.alloc(100))]);

describe("what nobody reads at the end of a file", () => {
  const garbage = Buffer.alloc(50, 1);

  it("is a movie's fragments behind a hole", async () => {
    const bytes = Buffer.concat([FRAGMENT, garbage, FRAGMENT]);
    assert.equal(await unread("mov,mp4,m4a", bytes, FRAGMENT.length), 50 + FRAGMENT.length);
  });

  it("isn't an index, a fragment without media, or one that is cut off", async () => {
    for (const rest of [box("mfra", garbage), box("moof", box("mfhd", Buffer.alloc(8))), FRAGMENT.subarray(0, 90)]) {
      assert.equal(await unread("mov,mp4,m4a", Buffer.concat([FRAGMENT, rest]), FRAGMENT.length), 0);
    }
  });

  it("is pages of Ogg behind a hole, but not one that is empty, that goes on with a packet, begins a stream, or is cut off", async () => {
    const first = page(0, 200);
    assert.equal(await unread("ogg", Buffer.concat([first, garbage, page(0, 100)]), first.length), 50 + 28 + 100);
    for (const rest of [page(4, 0), page(1, 100), page(2, 30), page(0, 100).subarray(0, 90)]) {
      assert.equal(await unread("ogg", Buffer.concat([first, garbage, rest]), first.length), 0);
    }
  });

  it("is packets of a transport stream behind more bytes than ffmpeg skips, whatever their length", async () => {
    for (const length of [188, 192, 204]) {
      const packets = Buffer.from(Array.from({ length: 20 * length }, (_, at) => (at % length === 0 ? 0x47 : 1)));
      const end = 10 * length;
      const behind = (hole: number): Buffer => Buffer.concat([packets, Buffer.alloc(hole), packets]);
      assert.equal(await unread("mpegts", behind(65_537), end), end + 65_537 + packets.length);
      for (const rest of [behind(65_536), Buffer.concat([packets, Buffer.alloc(100_000)]), packets]) {
        assert.equal(await unread("mpegts", rest, end), 0);
      }
    }
  });

  it("is looked for however long the hole is", async () => {
    const packets = Buffer.from(Array.from({ length: 20 * 188 }, (_, at) => (at % 188 === 0 ? 0x47 : 1)));
    const hole = Buffer.alloc(20 << 20);
    for (const [format, bytes] of [
      ["mpegts", packets],
      ["mov,mp4,m4a", FRAGMENT],
      ["ogg", page(0, 200)],
    ] as const) {
      const file = Buffer.concat([bytes, hole, bytes]);
      assert.equal(await unread(format, file, bytes.length), hole.length + bytes.length, format);
      assert.equal(await unread(format, Buffer.concat([bytes, hole]), bytes.length), 0, format);
    }
  });

  it("isn't looked for in other containers, whose programs look for what comes next", async () => {
    assert.equal(await unread("matroska", Buffer.concat([FRAGMENT, FRAGMENT]), 10), 0);
  });
});
