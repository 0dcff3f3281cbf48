import assert from "node:assert/strict";

import { hasNoPicture } from "../../../../worker/source/frames/nalUnits";

const [DELIMITER, PICTURE] = [Buffer.from([0x09, 0xf0]), Buffer.from([0x41, 1, 2, 3])];
const [HEVC_DELIMITER, HEVC_PICTURE] = [Buffer.from([0x46, 1, 0x50]), Buffer.from([0x02, 1, 2, 3])];

/** Units with lengths of so many bytes before them. */
function packet(length: number, ...units: Buffer[]): Buffer {
  const parts = units.flatMap((unit) => {
    const prefix = Buffer.alloc(length);
    prefix.writeUIntBE(unit.length, 0, length);
    return [prefix, unit];
  });
  return Buffer.concat(parts);
}

function judge(bytes: Buffer, codec_name = "h264", format_name = "mov,mp4,m4a,3gp,3g2,mj2"): Promise<boolean> {
  const video = { index: 0, time_base: "1/25", codec_name };
  return hasNoPicture({ format: { format_name } }, video, { size: bytes.length, position: 7 }, (position, size) =>
    Promise.resolve(position === 7 ? bytes.subarray(0, size) : Buffer.alloc(0)),
  );
}

describe("a packet in an MP4", () => {
  it("has no picture if none of its units is a part of one", async () => {
    for (const length of [4, 2, 1]) assert.equal(await judge(packet(length, DELIMITER, DELIMITER)), true);
    assert.equal(await judge(packet(4, HEVC_DELIMITER), "hevc"), true);
  });

  it("has one if a unit is, or if it doesn't consist of units", async () => {
    for (const length of [4, 2, 1]) assert.equal(await judge(packet(length, DELIMITER, PICTURE)), false);
    assert.equal(await judge(packet(4, HEVC_DELIMITER, HEVC_PICTURE), "hevc"), false);
    assert.equal(await judge(packet(4, DELIMITER).subarray(0, 5)), false);
    assert.equal(await judge(Buffer.alloc(300)), false);
  });

  it("isn't looked at in other codecs and containers", async () => {
    assert.equal(await judge(packet(4, DELIMITER), "vp9"), false);
    assert.equal(await judge(packet(4, DELIMITER), "h264", "matroska,webm"), false);
  });
});
