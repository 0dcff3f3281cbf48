import assert from "node:assert/strict";

import { HiddenPictures } from "../../../../worker/source/picture/hiddenPictures";

/** Where the packet is in the file. */
const POSITION = 7;

function hides(codec_name: string, packet: Buffer, format_name = "mov,mp4,m4a,3gp,3g2,mj2"): Promise<boolean> {
  // What follows the packet shows a picture in either codec.
  const file = Buffer.concat([Buffer.alloc(POSITION), packet, Buffer.alloc(40, 0x86)]);
  const video = { index: 0, time_base: "1/25", codec_name };
  const read = (start: number, length: number): Promise<Buffer> =>
    Promise.resolve(file.subarray(start, start + length));
  const hidden = HiddenPictures.of(read, { format: { format_name }, streams: [video] }, video);
  assert.ok(hidden);
  const size = packet.length - (format_name === "matroska,webm" ? 4 : 0);
  return hidden.hides({ position: POSITION, size });
}

/** Joins frames of VP9 with an index. */
function superframe(...frames: Buffer[]): Buffer {
  const marker = 0xc0 | (1 << 3) | (frames.length - 1);
  const sizes = frames.map(({ length }) => Buffer.from([length & 0xff, length >> 8]));
  return Buffer.concat([...frames, Buffer.from([marker]), ...sizes, Buffer.from([marker])]);
}

/** A unit of AV1 that states its size. */
const unit = (type: number, ...bytes: number[]): Buffer => Buffer.from([(type << 3) | 2, bytes.length, ...bytes]);

const [SHOWN, HIDDEN, REPEATED] = [0x86, 0x84, 0x88].map((first) => Buffer.from([first, 1, 2])) as [
  Buffer,
  Buffer,
  Buffer,
];
const [SEQUENCE, DELIMITER] = [unit(1, 0x00, 1, 2), unit(2)];
const [AV1_SHOWN, AV1_HIDDEN] = [unit(6, 0x30, 1, 2), unit(6, 0x20, 1, 2)];

describe("a packet whose pictures are only predicted from", () => {
  it("is found in VP9", async () => {
    assert.equal(await hides("vp9", HIDDEN), true);
    assert.equal(await hides("vp9", SHOWN), false);
    assert.equal(await hides("vp9", REPEATED), false, "another picture is shown");
    assert.equal(await hides("vp9", REPEATED.subarray(0, 1)), false, "one byte");
    assert.equal(await hides("vp9", Buffer.from([0x04, 1, 2])), false, "no frame of VP9");
  });

  it("is found in VP9's highest profile, whose header has one bit more", async () => {
    assert.equal(await hides("vp9", Buffer.from([0xb2, 1])), true);
    assert.equal(await hides("vp9", Buffer.from([0xb3, 1])), false);
    assert.equal(await hides("vp9", Buffer.from([0xb4, 1])), false, "another picture is shown");
  });

  it("isn't a superframe of VP9 in which one is shown", async () => {
    assert.equal(await hides("vp9", superframe(HIDDEN, SHOWN)), false);
    assert.equal(await hides("vp9", superframe(HIDDEN, REPEATED)), false);
    assert.equal(await hides("vp9", superframe(HIDDEN, HIDDEN)), true);
  });

  it("is found in AV1", async () => {
    assert.equal(await hides("av1", Buffer.concat([DELIMITER, SEQUENCE, AV1_HIDDEN])), true);
    assert.equal(await hides("av1", Buffer.concat([DELIMITER, AV1_HIDDEN, AV1_HIDDEN, AV1_SHOWN])), false);
    assert.equal(await hides("av1", Buffer.concat([AV1_HIDDEN, unit(3, 0x80)])), false, "another picture is shown");
    assert.equal(await hides("av1", Buffer.from([6 << 3, 0x20, 1])), true, "a unit without its size");
    assert.equal(await hides("av1", Buffer.from([(6 << 3) | 6, 8, 2, 0x20, 1])), true, "a unit of a layer");
    assert.equal(await hides("av1", DELIMITER), false, "no picture");
  });

  it("isn't the only picture of AV1, which has a shorter header", async () => {
    assert.equal(await hides("av1", Buffer.concat([unit(1, 0x18, 1), unit(6, 0x00, 1)])), false);
  });

  it("is found behind the header of a block of Matroska", async () => {
    const block = Buffer.from([0x81, 0, 0, 0x80]);
    assert.equal(await hides("vp9", Buffer.concat([block, HIDDEN]), "matroska,webm"), true);
    assert.equal(await hides("vp9", Buffer.concat([block, SHOWN]), "matroska,webm"), false);
  });
});
