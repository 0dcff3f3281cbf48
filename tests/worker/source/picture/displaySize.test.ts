import assert from "node:assert/strict";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { displaySize } from "../../../../worker/source/picture/displaySize";

const video = (members: Partial<ProbeStream>): ProbeStream => ({
  ...{ index: 0, time_base: "1/1000", codec_type: "video", codec_name: "h264", width: 640, height: 360 },
  ...members,
});

describe("displaySize", () => {
  const cases: [name: string, members: Partial<ProbeStream>, width: number, height: number][] = [
    ["square pixels", { sample_aspect_ratio: "1:1" }, 640, 360],
    ["unknown pixels", { sample_aspect_ratio: "0:1" }, 640, 360],
    ["wide pixels", { width: 720, height: 576, sample_aspect_ratio: "64:45" }, 1024, 576],
    ["pixels that are a thousand times as high as wide", { sample_aspect_ratio: "1:2000" }, 1, 360],
    ["a quarter turn", { side_data_list: [{}, { rotation: -90 }] }, 360, 640],
    ["a half turn", { side_data_list: [{ rotation: 180 }] }, 640, 360],
  ];
  for (const [name, members, width, height] of cases) {
    it(name, () => assert.deepEqual(displaySize(video(members)), { width, height }));
  }
});
