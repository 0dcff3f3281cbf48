import assert from "node:assert/strict";

import type { ProbeStream } from "../../../worker/source/ffprobe/output";
import { selectVideoStream } from "../../../worker/source/videoStream";

const stream = (members: Partial<ProbeStream>): ProbeStream => ({ index: 0, time_base: "1/1000", ...members });
const video = (members: Partial<ProbeStream> = {}): ProbeStream =>
  stream({ codec_type: "video", codec_name: "h264", width: 640, height: 360, ...members });

describe("selectVideoStream", () => {
  const format = { format_name: "x" };
  const cover = video({ disposition: { attached_pic: 1 } });
  const refused: [streams: ProbeStream[], message: string][] = [
    [[], '"a.mp4" has no video stream, only an empty container.'],
    [[stream({ codec_type: "audio" })], '"a.mp4" has no video stream, only audio.'],
    [
      ["subtitle", "attachment", "subtitle", "data"].map((codec_type) => stream({ codec_type })),
      '"a.mp4" has no video stream, only subtitles and attachments and data.',
    ],
    [[cover, stream({ codec_type: "audio" })], '"a.mp4" has no video stream, only audio and a cover picture.'],
    [
      [video({ width: 20_000, height: 20_000 })],
      '"a.mp4" has pictures of 20000x20000 pixels; at most 8192x8192 in total are accepted.',
    ],
    [[video({ width: 0, height: 0 })], '"a.mp4" has no readable picture size; export it again.'],
    [[video({ width: 1, height: 1 })], '"a.mp4" has pictures of 1x1 pixels; at least 2x2 are accepted.'],
    [[video({ width: 640, height: 1 })], '"a.mp4" has pictures of 640x1 pixels; at least 2x2 are accepted.'],
    [
      [video({ codec_name: undefined, codec_tag_string: "XYZ1" })],
      '"a.mp4" holds video in a codec that ffmpeg doesn\'t know (XYZ1).',
    ],
  ];
  for (const [streams, message] of refused) {
    it(message, () =>
      assert.throws(() => selectVideoStream('"a.mp4"', { format, streams }), { name: "InputError", message }),
    );
  }

  it("takes the default stream, and the first without one", () => {
    const [first, second] = [video({ index: 3 }), video({ index: 4, disposition: { default: 1 } })];
    assert.equal(selectVideoStream("x", { format, streams: [cover, first, second] }).index, 4);
    assert.equal(selectVideoStream("x", { format, streams: [cover, first] }).index, 3);
  });

  it("takes an animation rather than the still picture beside it, which newer versions of ffmpeg list first", () => {
    const still = video({ nb_frames: "1", disposition: { default: 1 } });
    const animation = video({ index: 1, nb_frames: "25", duration_ts: 25, disposition: { default: 1 } });
    assert.equal(selectVideoStream("x", { format, streams: [still, animation] }).index, 1);
    const short = video({ index: 1, nb_frames: "1", duration_ts: 1 });
    assert.equal(selectVideoStream("x", { format, streams: [still, short] }).index, 1);
    assert.equal(selectVideoStream("x", { format, streams: [still] }).index, 0);
  });

  it("takes one that the container says not to play only if there is no other", () => {
    const [first, second] = [video({ index: 3, disposition: { default: 1 }, disabled: true }), video({ index: 4 })];
    assert.equal(selectVideoStream("x", { format, streams: [first, second] }).index, 4);
    assert.equal(selectVideoStream("x", { format, streams: [first] }).index, 3);
  });
});
