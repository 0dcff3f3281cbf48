import assert from "node:assert/strict";

import { isPackedBitstream } from "../../../../worker/source/frames/isPackedBitstream";

describe("isPackedBitstream", () => {
  const cases: [what: string, format: string, codec: string, head: string, expected: boolean][] = [
    ["is true if the encoder marked the stream", "avi", "mpeg4", "RIFF…\0DivX503b1393p\0", true],
    ["is true for the longer form of the mark too", "avi", "mpeg4", "RIFF…\0DivX501Build413p", true],
    ["is false without the mark", "avi", "mpeg4", "RIFF…\0DivX503b1393", false],
    ["is false in other containers, which have timestamps", "matroska,webm", "mpeg4", "DivX503b1393p", false],
    ["is false for other codecs", "avi", "mjpeg", "DivX503b1393p", false],
  ];
  for (const [what, format_name, codec_name, head, expected] of cases) {
    it(what, async () => {
      const probed = { format: { format_name }, streams: [] };
      const readMarks = () => Promise.resolve(Buffer.from(head, "latin1"));
      const video = { index: 0, time_base: "1/1000", codec_name };
      assert.equal(await isPackedBitstream(probed, video, readMarks), expected);
    });
  }
});
