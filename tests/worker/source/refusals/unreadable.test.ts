import assert from "node:assert/strict";

import { pathOf } from "../../../../worker/ffmpeg/program";
import { remedy } from "../../../../worker/ffmpeg/remedy";
import { unreadableError } from "../../../../worker/source/refusals/unreadable";

describe("unreadableError", () => {
  const cases: [head: string, stderr: string, message: string][] = [
    [
      "\0\0\0\x20ftypisom",
      "moov atom not found",
      '"a.mp4" is cut off: it is an MP4 whose index (the moov box) is missing; upload or export it again.',
    ],
    [
      "hello text",
      "[mov,mp4 @ 0x1] moov atom not found\nfile:///a.mp4: Invalid data found when processing input",
      `"a.mp4" isn't a video file: it has no format that ffprobe can read.`,
    ],
    [
      "\xff\xd8",
      "Format not on whitelist 'mov'",
      `"a.mp4" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.`,
    ],
    [
      "#EXTM3U\n",
      "Not detecting m3u8/hls with non standard extension and non standard mime type\n[mov,mp4 @ 0x1] moov atom not found\nfile:///a.mp4: Invalid data found when processing input",
      `"a.mp4" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.`,
    ],
    [
      "\0\0\0\x20ftypisom",
      "s3://videos/a.mp4: Protocol not found",
      `${pathOf("ffprobe")} was built without the http protocol, which it needs to read sources: ${remedy("incomplete", "ffprobe")}`,
    ],
    [
      "\0\0\0\x20ftypqt  ",
      "[mov,mp4 @ 0x1] this file requires zlib support compiled in\n[mov,mp4 @ 0x1] error reading header\ns3://videos/a.mp4: Function not implemented",
      `"a.mp4" has a compressed index, and ${pathOf("ffprobe")} was built without zlib, which it needs to read that: ${remedy("incomplete", "ffprobe")}`,
    ],
    [
      "RIFF",
      "[metasound @ 0x1] Missing or incomplete extradata\n    Last message repeated 2 times",
      `"a.mp4" can't be decoded by ${pathOf("ffprobe")} (Missing or incomplete extradata); if the file plays elsewhere, ${remedy("undecodable", "ffprobe")}`,
    ],
    [
      "",
      "[h264 @ 0x1] Picture size 60000x60000 is invalid",
      '"a.mp4" has pictures of 60000x60000 pixels; at most 8192x8192 in total are accepted.',
    ],
  ];
  for (const [head, stderr, message] of cases) {
    it(message, () => {
      const error = unreadableError('"a.mp4"', Buffer.from(head, "latin1"), stderr);
      assert.deepEqual([error.name, error.message], ["InputError", message]);
    });
  }
});
