import assert from "node:assert/strict";

import { OverwrittenPictures } from "../../../../worker/source/frames/overwrittenPictures";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const zeros = (bytes: number): Buffer => Buffer.alloc(bytes);
const ones = (bytes: number): Buffer => Buffer.alloc(bytes, 0xff);
const coded = (bytes: number): Buffer => Buffer.alloc(bytes, 0x5a);

const [MOV, AVI, MXF] = ["mov,mp4,m4a,3gp,3g2,mj2", "avi", "mxf"] as const;

/** Whether a picture is found that a container stores somewhere, behind bytes of its own. */
async function isFound(codec_name: string, pieces: readonly Buffer[], format_name = MOV as string, before = zeros(0)) {
  const packet = Buffer.concat(pieces);
  const file = Buffer.concat([zeros(500), before, packet, zeros(500)]);
  const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  const video = { index: 0, time_base: "1/25", codec_name };
  const overwritten = OverwrittenPictures.of(read, { format: { format_name }, streams: [] }, video);
  if (!overwritten) return undefined;
  const times = { pts: 3, dts: 2, duration: 1 };
  const place = { kind: "video", stream: 0, size: packet.length, position: 500, key: false, hidden: false };
  await overwritten.add({ ...times, ...place });
  if (overwritten.found.length > 0) assert.deepEqual(overwritten.found, [times]);
  return overwritten.found.length > 0;
}

/** A unit of H.264 or HEVC behind its length. */
function unit(first: string, ...pieces: Buffer[]): Buffer {
  const contents = Buffer.concat([hex(first), ...pieces]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(contents.length);
  return Buffer.concat([length, contents]);
}

/** A frame of ProRes with one picture of slices, each of which is its three components. */
function prores(...slices: [Buffer, Buffer, Buffer][]): Buffer[] {
  const stored = slices.map(([luma, blue, red]) => {
    const header = Buffer.from([6 << 3, 4, 0, 0, 0, 0]);
    header.writeUInt16BE(luma.length, 2);
    header.writeUInt16BE(blue.length, 4);
    return Buffer.concat([header, luma, blue, red]);
  });
  const table = Buffer.alloc(2 * stored.length);
  stored.forEach((slice, index) => table.writeUInt16BE(slice.length, 2 * index));
  const picture = Buffer.concat([hex("40 00000000 0000 02"), table, ...stored]);
  picture.writeUInt32BE(picture.length, 1);
  picture.writeUInt16BE(stored.length, 5);
  return [hex("00000000"), Buffer.from("icpf"), hex("0008 0000 00000000"), picture];
}

describe("a picture that is partly overwritten", () => {
  const sector = [coded(300), zeros(200), coded(300)];
  const erased = [coded(300), ones(200), coded(300)];

  it("has a long run of zeros, whatever its codec", async () => {
    for (const codec of [
      "mpeg1video",
      "mpeg2video",
      "mpeg4",
      "flv1",
      "msmpeg4v3",
      "wmv2",
      "vp8",
      "vp9",
      "av1",
      "dvvideo",
    ]) {
      assert.equal(await isFound(codec, sector), true, codec);
    }
    assert.equal(await isFound("h264", [unit("41", ...sector)]), true);
    assert.equal(await isFound("hevc", [unit("0201", ...sector)]), true);
  });

  it("or of ones, unless those stand for what doesn't change", async () => {
    for (const codec of ["mpeg2video", "vp8", "vp9", "av1", "dvvideo"]) {
      assert.equal(await isFound(codec, erased), true, codec);
    }
    assert.equal(await isFound("hevc", [unit("0201", ...erased)]), true);
    for (const codec of ["mpeg4", "flv1", "msmpeg4v3"]) assert.equal(await isFound(codec, erased), false, codec);
    assert.equal(await isFound("h264", [unit("41", ...erased)]), false);
  });

  it("is found in every container that stores it in one piece", async () => {
    assert.equal(await isFound("vp9", sector, "matroska,webm", hex("4001 000080")), true);
    assert.equal(
      await isFound("h264", [unit("41", ...sector)], "flv", hex("09 000100 000000 00 000000 27 01 000000")),
      true,
    );
    assert.equal(await isFound("mpeg4", sector, AVI), true);
    assert.equal(await isFound("dvvideo", sector, MXF, Buffer.concat([coded(16), hex("83 000320")])), true);
    assert.equal(await isFound("dvvideo", sector, MXF, Buffer.concat([coded(16), hex("10")])), true);
    for (const container of ["mpegts", "mpeg", "asf", "ogg"])
      assert.equal(await isFound("mpeg4", sector, container), undefined);
  });

  it("isn't one with less than that", async () => {
    assert.equal(await isFound("dvvideo", [coded(300), zeros(78), hex("96"), ones(77), coded(300)]), false);
  });

  it("isn't one with stuffing between units and at its end", async () => {
    const stuffed = [coded(300), zeros(200), hex("01b3"), coded(300)];
    assert.equal(await isFound("mpeg2video", stuffed), false);
    assert.equal(await isFound("mpeg2video", [coded(300), zeros(900)]), false);
    assert.equal(await isFound("h264", [hex("000001 41"), coded(90), zeros(200), hex("01 41"), coded(90)]), false);
    assert.equal(await isFound("hevc", [unit("0201", coded(300)), unit("4c01", ones(900), hex("80"))]), false);
    assert.equal(await isFound("vp8", [coded(300), zeros(200)]), false);
    assert.equal(await isFound("av1", [coded(300), zeros(200), hex("80")]), false);
  });

  it("isn't one with such runs in what precedes it", async () => {
    assert.equal(await isFound("h264", [unit("06", ...sector), unit("41", coded(300))]), false);
    assert.equal(await isFound("hevc", [hex("00000001 4e01"), ...sector, hex("000001 0201"), coded(300)]), false);
    assert.equal(await isFound("h264", [unit("06", ...sector)]), false);
  });

  it("isn't one of ProRes whose components end with zeros", async () => {
    const whole = prores(
      [Buffer.concat([coded(50), zeros(200)]), coded(40), coded(40)],
      [coded(50), coded(40), coded(40)],
    );
    assert.equal(await isFound("prores", whole), false);
    assert.equal(await isFound("prores", whole.slice(2)), false, "without a size, as in Matroska");
    assert.equal(await isFound("prores", [...whole, zeros(500)]), false);
    const inside = [Buffer.concat(sector), coded(40), coded(40)] as [Buffer, Buffer, Buffer];
    assert.equal(await isFound("prores", prores(inside, inside)), true);
    const across = Buffer.concat(prores([coded(300), coded(40), coded(40)], [coded(300), coded(40), coded(40)]));
    across.fill(0, across.length - 500, across.length - 200);
    assert.equal(await isFound("prores", [across]), true);
  });

  it("isn't one of MJPEG whose codes are made for it", async () => {
    const usual = hex("ffc4 001f 10 0002010303020403050504040000017d");
    const own = hex("ffc4 001f 10 00020103030204030505040400000179");
    const scan = [hex("ffda 0008"), ...sector, hex("ffd9")];
    assert.equal(await isFound("mjpeg", [usual, ...scan]), true);
    assert.equal(await isFound("mjpeg", scan), true, "without codes, as in AVI");
    assert.equal(await isFound("mjpeg", [own, ...scan]), false);
    assert.equal(await isFound("mjpeg", [...sector, hex("ffda 0008"), coded(300), hex("ffd9")]), false);
    assert.equal(
      await isFound("mjpeg", [hex("ffda 0008"), coded(300), hex("ffd9"), zeros(300), hex("ffd8"), coded(9)]),
      false,
    );
  });

  it("can't be told of codecs with such runs", async () => {
    for (const codec of ["rawvideo", "ffv1", "huffyuv", "png", "dnxhd"])
      assert.equal(await isFound(codec, sector), undefined);
  });
});
