import assert from "node:assert/strict";

import { assertWholePictures } from "../../../../worker/source/refusals/codedFields";
import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";

const stream = (codec_name: string): ProbeStream => ({ index: 1, time_base: "1/1000", codec_name });
const probed = (stream_index: number, interlaced_frame: number): Probe => ({
  format: { format_name: "mpegts" },
  streams: [],
  frames: [{ stream_index, interlaced_frame }],
});

describe("assertWholePictures", () => {
  it("refuses HEVC in single fields", () => {
    assert.throws(() => assertWholePictures('"a.ts"', probed(1, 1), stream("hevc")), {
      name: "InputError",
      message:
        '"a.ts" is HEVC in single fields, which ffmpeg doesn\'t join to pictures; encode it as H.264 or ProRes, or deinterlace it first.',
    });
  });

  it("accepts whole pictures, other codecs and other streams", () => {
    assertWholePictures("it", probed(1, 0), stream("hevc"));
    assertWholePictures("it", probed(1, 1), stream("h264"));
    assertWholePictures("it", probed(0, 1), stream("hevc"));
  });
});
