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

describe("a packet in a transport stream", () => {
  const START_CODE = Buffer.from([0, 0, 0, 1]);

  /** A packet of the transport stream with all of a packet of the video, or with its beginning. */
  function transport(video: Buffer): Buffer {
    const pes = Buffer.from("000001e000008080050000000000", "hex");
    const stuffing = Math.max(0, 188 - 4 - 1 - pes.length - video.length);
    const header = Buffer.from([0x47, 0x41, 0x00, 0x30, stuffing]);
    return Buffer.concat([header, Buffer.alloc(stuffing, 0xff), pes, video], 188);
  }

  async function judgeTransport(video: Buffer, size = video.length): Promise<boolean> {
    const stream = { index: 0, time_base: "1/90000", codec_name: "h264" };
    const read = (): Promise<Buffer> => Promise.resolve(transport(video));
    return hasNoPicture({ format: { format_name: "mpegts" } }, stream, { size, position: 0 }, read);
  }

  it("has no picture if it ends before one begins", async () => {
    const delimiter = Buffer.concat([START_CODE, DELIMITER]);
    assert.equal(await judgeTransport(delimiter), true);
    assert.equal(await judgeTransport(Buffer.concat([delimiter, START_CODE, PICTURE])), false);
  });

  it("is taken for a picture if it isn't all there, or doesn't begin with a unit", async () => {
    const delimiter = Buffer.concat([START_CODE, DELIMITER]);
    assert.equal(await judgeTransport(delimiter, 100), false);
    assert.equal(await judgeTransport(Buffer.concat([delimiter, Buffer.alloc(200)])), false);
    assert.equal(await judgeTransport(Buffer.alloc(20, 0x55)), false);
  });
});
