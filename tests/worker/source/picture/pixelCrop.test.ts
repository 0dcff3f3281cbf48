import assert from "node:assert/strict";

import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";
import { readPixelCrop, withCrop } from "../../../../worker/source/picture/pixelCrop";

/** An element of Matroska: an identifier in hexadecimal digits, and a number or other elements. */
function element(id: string, ...content: (number | Buffer)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === "number" ? Buffer.from([part >> 8, part]) : part)));
  return Buffer.concat([Buffer.from(id, "hex"), Buffer.from([0x40 | (body.length >> 8), body.length]), body]);
}

const video = (...more: Buffer[]): Buffer =>
  element("ae", element("83", 1), element("e0", element("b0", 720), element("ba", 576), ...more));
const TOP = element("54bb", 76);
const SOUND = element("ae", element("83", 2));
const HEAD = element("1a45dfa3", element("4282", 1));

function file(...elements: Buffer[]): Buffer {
  // A segment whose size isn't known.
  return Buffer.concat([HEAD, Buffer.from("1853806701ffffffffffffff", "hex"), ...elements]);
}

const stream = (index: number, codec_type = "video", attached_pic = 0): ProbeStream => {
  return { index, codec_type, time_base: "1/1000", disposition: { attached_pic } };
};
const STREAMS = [stream(0, "audio"), stream(1, "video", 1), stream(2), stream(3)];

function cropIn(bytes: Buffer, index = 2, format_name = "matroska,webm") {
  const probed: Probe = { format: { format_name }, streams: STREAMS };
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  return readPixelCrop(read, probed, STREAMS[index]!);
}

describe("readPixelCrop", () => {
  const display = (unit: number): Buffer[] => [element("54b0", 16), element("54ba", 9), element("54b2", unit)];
  const tracks = (...entries: Buffer[]): Buffer => element("1654ae6b", SOUND, ...entries);

  it("reads the video track's own, with the shape of pixels that the size of the rest makes", async () => {
    const bytes = file(element("ec", 0), tracks(video(), video(TOP, element("54dd", 20), ...display(3))));
    assert.equal(await cropIn(bytes, 2), undefined);
    const crop = { left: 0, top: 76, width: 700, height: 500, pixel: [80, 63] };
    assert.deepEqual(await cropIn(bytes, 3), crop);
    assert.deepEqual(withCrop({ ...stream(3), width: 720, height: 576 }, (await cropIn(bytes, 3))!), {
      ...stream(3),
      ...{ width: 700, height: 500, sample_aspect_ratio: "80:63" },
    });
  });

  it("takes pixels for square where no size is stated, or one in an unknown unit", async () => {
    const crop = { left: 0, top: 76, width: 720, height: 500, pixel: [1, 1] };
    assert.deepEqual(await cropIn(file(tracks(video(TOP), video()))), crop);
    assert.deepEqual(await cropIn(file(tracks(video(TOP, ...display(4)), video()))), crop);
  });

  it("reads tracks behind the media where the file says that they are there", async () => {
    const entry = (id: string, position: number): Buffer =>
      element("4dbb", element("53ab", Buffer.from(id, "hex")), element("53ac", position));
    const media = element("1f43b675", 0);
    const head = (position: number): Buffer => element("114d9b74", entry("1549a966", 9), entry("1654ae6b", position));
    const at = head(0).length + media.length;
    const crop = { left: 0, top: 76, width: 720, height: 500, pixel: [1, 1] };
    assert.deepEqual(await cropIn(file(head(at), media, tracks(video(TOP), video()))), crop);
    assert.equal(await cropIn(file(head(at + 1), media, tracks(video(TOP), video()))), undefined);
    assert.equal(
      await cropIn(file(element("114d9b74", entry("1549a966", 9)), media, tracks(video(TOP), video()))),
      undefined,
    );
  });

  it("finds none where ffmpeg lists other tracks than the file has", async () => {
    assert.equal(await cropIn(file(tracks(video(TOP)))), undefined);
  });

  it("finds none in other containers, behind the media without a word, or where nothing would be left", async () => {
    assert.equal(await cropIn(file(tracks(video(TOP), video())), 2, "avi"), undefined);
    assert.equal(await cropIn(file(element("1f43b675", 0), tracks(video(TOP), video()))), undefined);
    assert.equal(await cropIn(file(tracks(video(TOP, element("54aa", 500)), video()))), undefined);
    assert.equal(await cropIn(file(tracks(video(TOP), video())).subarray(0, 20)), undefined);
  });
});
