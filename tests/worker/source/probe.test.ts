import assert from "node:assert/strict";

import { pathOf } from "../../../worker/ffmpeg/program";
import { remedy } from "../../../worker/ffmpeg/remedy";
import { Completeness } from "../../../worker/source/refusals/completeness";
import { displaySize } from "../../../worker/source/picture/displaySize";
import { FrameCounter } from "../../../worker/source/frames/frameCounter";
import { frameRate } from "../../../worker/source/frames/frameRate";
import { isInterlaced } from "../../../worker/source/frames/isInterlaced";
import { isPacked } from "../../../worker/source/frames/isPackedBitstream";
import { chooseVideo, unreadable } from "../../../worker/source/videoStream";
import type { ProbeStream } from "../../../worker/source/ffprobe/output";

const stream = (members: Partial<ProbeStream>): ProbeStream => ({ index: 0, time_base: "1/1000", ...members });
const video = (members: Partial<ProbeStream> = {}): ProbeStream =>
  stream({ codec_type: "video", codec_name: "h264", width: 640, height: 360, ...members });

describe("FrameCounter", () => {
  function count(...packets: [pts: number, flags?: string][]) {
    const counter = new FrameCounter(25);
    for (const [pts, flags = ""] of packets) {
      counter.add({ pts, duration: 10, key: flags.includes("K"), hidden: flags.includes("D") });
    }
    return counter.finish();
  }

  it("counts the frames of an open GOP where they are shown", () => {
    const scan = count([0, "K"], [20], [10], [50, "K"], [30], [40], [60]);
    assert.deepEqual(scan, { keyframes: [0, 50], frames: [5, 2], last: 60, end: 70, densest: 3, total: 7 });
  });

  it("leaves out frames that nothing comes before to decode them from", () => {
    assert.deepEqual(count([5], [30, "K"], [10], [20], [40]), {
      keyframes: [30],
      frames: [2],
      last: 40,
      end: 50,
      densest: 2,
      total: 2,
    });
  });

  it("begins where an edit list does, also between keyframes", () => {
    assert.deepEqual(count([-20, "KD"], [-10, "D"], [10], [0], [20, "K"]), {
      keyframes: [0, 20],
      frames: [2, 1],
      last: 20,
      end: 30,
      densest: 3,
      total: 3,
    });
  });

  it("finds nothing without a keyframe", () => assert.equal(count([0], [10]), undefined));
});

describe("frameRate", () => {
  const cases: [
    name: string,
    stated: (string | undefined)[],
    intervals: number,
    seconds: number,
    expected: number[],
  ][] = [
    ["what the header says, if the frames agree", ["30000/1001"], 299, 9.976_633, [30_000, 1001]],
    ["the second statement, if the first is wrong", ["60/1", "25/1"], 249, 9.96, [25, 1]],
    ["the measured average of a variable rate", ["1000/1", "90000/1"], 160, 10, [16_000, 1000]],
    ["a container's rounding in a short clip", ["25/1"], 99, 4, [25, 1]],
    ["the statement, for a single frame", ["24/1"], 0, 0, [24, 1]],
    ["25, for a single frame and no statement", ["0/0", undefined], 0, 0, [25, 1]],
  ];
  for (const [name, stated, intervals, seconds, expected] of cases) {
    it(name, () => assert.deepEqual(frameRate(stated, intervals, seconds), expected));
  }
});

describe("displaySize", () => {
  const cases: [name: string, members: Partial<ProbeStream>, width: number, height: number][] = [
    ["square pixels", { sample_aspect_ratio: "1:1" }, 640, 360],
    ["unknown pixels", { sample_aspect_ratio: "0:1" }, 640, 360],
    ["wide pixels", { width: 720, height: 576, sample_aspect_ratio: "64:45" }, 1024, 576],
    ["a quarter turn", { side_data_list: [{}, { rotation: -90 }] }, 360, 640],
    ["a half turn", { side_data_list: [{ rotation: 180 }] }, 640, 360],
  ];
  for (const [name, members, width, height] of cases) {
    it(name, () => assert.deepEqual(displaySize(video(members)), { width, height }));
  }
});

describe("isInterlaced", () => {
  const cases: [what: string, order: string | undefined, frames: number[], expected: boolean][] = [
    ["by its field order", "tt", [], true],
    ["with fields stored in the other order than shown", "tb", [0], true],
    ["not with progressive pictures", "progressive", [0, 0], false],
    ["by its pictures, whatever the header says", "progressive", [0, 1], true],
    ["not when nobody knows", undefined, [], false],
  ];
  for (const [what, order, frames, expected] of cases) {
    it(what, () => {
      const sound = { stream_index: 1, interlaced_frame: 1 };
      const pictures = frames.map((interlaced_frame) => ({ stream_index: 0, interlaced_frame }));
      const probed = { format: { format_name: "x" }, streams: [], frames: [sound, ...pictures] };
      assert.equal(isInterlaced(probed, video({ field_order: order })), expected);
    });
  }
});

describe("isPacked", () => {
  const cases: [what: string, format: string, codec: string, head: string, expected: boolean][] = [
    ["an encoder that says so", "avi", "mpeg4", "RIFF…\0DivX503b1393p\0", true],
    ["in its longer way too", "avi", "mpeg4", "RIFF…\0DivX501Build413p", true],
    ["one that packs nothing", "avi", "mpeg4", "RIFF…\0DivX503b1393", false],
    ["another container, which has times", "matroska,webm", "mpeg4", "DivX503b1393p", false],
    ["another codec", "avi", "mjpeg", "DivX503b1393p", false],
  ];
  for (const [what, format_name, codec_name, head, expected] of cases) {
    it(what, () => {
      const probed = { format: { format_name }, streams: [] };
      assert.equal(isPacked(probed, video({ codec_name }), Buffer.from(head, "latin1")), expected);
    });
  }
});

describe("chooseVideo", () => {
  const format = { format_name: "x" };
  const cover = video({ disposition: { attached_pic: 1 } });
  const refused: [streams: ProbeStream[], message: string][] = [
    [[], '"a.mp4" has no video stream, only an empty container.'],
    [[stream({ codec_type: "audio" })], '"a.mp4" has no video stream, only audio.'],
    [[cover, stream({ codec_type: "audio" })], '"a.mp4" has no video stream, only audio and a cover picture.'],
    [
      [video({ width: 20_000, height: 20_000 })],
      '"a.mp4" has pictures of 20000x20000 pixels; at most 8192x8192 in all are accepted.',
    ],
    [[video({ width: 0, height: 0 })], '"a.mp4" has no readable picture size (0x0).'],
    [
      [video({ codec_name: undefined, codec_tag_string: "XYZ1" })],
      '"a.mp4" holds video in a codec that ffmpeg doesn\'t know (XYZ1).',
    ],
  ];
  for (const [streams, message] of refused) {
    it(message, () =>
      assert.throws(() => chooseVideo('"a.mp4"', { format, streams }), { name: "InputError", message }),
    );
  }

  it("takes the default stream, and the first without one", () => {
    const [first, second] = [video({ index: 3 }), video({ index: 4, disposition: { default: 1 } })];
    assert.equal(chooseVideo("x", { format, streams: [cover, first, second] }).index, 4);
    assert.equal(chooseVideo("x", { format, streams: [cover, first] }).index, 3);
  });
});

describe("unreadable", () => {
  const cases: [head: string, stderr: string, message: string][] = [
    [
      "\0\0\0\x20ftypisom",
      "moov atom not found",
      '"a.mp4" is cut off: it is an MP4 whose index (the moov box) is missing.',
    ],
    [
      "hello text",
      "[mov,mp4 @ 0x1] moov atom not found\nfile:/a.mp4: Invalid data found when processing input",
      '"a.mp4" is not a video file: nothing in it has a format that can be read.',
    ],
    [
      "\xff\xd8",
      "Format not on whitelist 'mov'",
      '"a.mp4" is not a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.',
    ],
    [
      "#EXTM3U\n",
      "Not detecting m3u8/hls with non standard extension and non standard mime type\n[mov,mp4 @ 0x1] moov atom not found\nfile:/a.mp4: Invalid data found when processing input",
      '"a.mp4" is not a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.',
    ],
    [
      "RIFF",
      "[metasound @ 0x1] Missing or incomplete extradata\n    Last message repeated 2 times",
      `"a.mp4" can't be decoded by ${pathOf("ffprobe")} (Missing or incomplete extradata); if the file plays elsewhere, ${remedy("blind", "ffprobe")}`,
    ],
    [
      "",
      "[h264 @ 0x1] Picture size 60000x60000 is invalid",
      '"a.mp4" has pictures of 60000x60000 pixels; at most 8192x8192 in all are accepted.',
    ],
  ];
  for (const [head, stderr, message] of cases) {
    it(message, () => {
      const error = unreadable('"a.mp4"', Buffer.from(head, "latin1"), stderr);
      assert.deepEqual([error.name, error.message], ["InputError", message]);
    });
  }
});

describe("Completeness", () => {
  const streams = [video({ nb_frames: "10", start_pts: 0, duration_ts: 1000 })];
  function shortfall(packets: number, stderr: string): string | undefined {
    const completeness = new Completeness();
    for (let packet = 0; packet < packets; packet++) completeness.add(0, packet * 100, 100);
    return completeness.shortfall({ format: { format_name: "mov,mp4" }, streams }, stderr);
  }
  it("is content with all frames", () => assert.equal(shortfall(10, ""), undefined));
  it("allows for an edit list at the end", () => assert.equal(shortfall(8, ""), undefined));
  it("finds a cut between frames", () =>
    assert.equal(shortfall(5, ""), "is cut off: its index lists 10 frames, and 5 are there."));
  it("finds a cut within a frame", () =>
    assert.equal(shortfall(9, "partial file"), "is cut off: its index lists 10 frames, and 9 are there."));
  it("finds a cut where nothing is listed", () =>
    assert.equal(shortfall(10, "File ended prematurely at pos. 3"), "is cut off: it ends in the middle of a frame."));
});
