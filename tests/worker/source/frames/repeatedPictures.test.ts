import assert from "node:assert/strict";

import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";
import { RepeatedPictures } from "../../../../worker/source/frames/repeatedPictures";

const OGG: ProbeStream = { index: 0, codec_name: "theora", time_base: "1/25", r_frame_rate: "25/1" };

function count(video: ProbeStream, packets: [pts: number, what?: "key" | "empty"][], format_name = "ogg") {
  const probed: Probe = { format: { format_name }, streams: [video] };
  const repeated = RepeatedPictures.of(probed, video, 25);
  for (const [pts, what] of packets) {
    repeated?.add({ pts, dts: pts, duration: 1, key: what === "key", hidden: false }, what === "empty");
  }
  const found = repeated?.finish([]);
  if (!found) return undefined;
  const { keyframes, frames, end, times } = found;
  return { keyframes: Array.from(keyframes), frames: Array.from(frames), end, times };
}

describe("RepeatedPictures", () => {
  const times = { from: 4, rate: [25, 1] };

  it("counts a place without a packet, and an empty packet, as a picture", () => {
    const expected = { keyframes: [4, 9], frames: [5, 2], end: 11, times };
    assert.deepEqual(count(OGG, [[4, "key"], [6], [9, "key"], [10]]), expected);
    assert.deepEqual(
      count(OGG, [[4, "key"], [5, "empty"], [6], [7, "empty"], [8, "empty"], [9, "key"], [10]]),
      expected,
    );
  });

  it("counts pictures up to where Ogg says that it ends", () => {
    const video = { ...OGG, start_pts: 4, duration_ts: 9 };
    assert.deepEqual(count(video, [[4, "key"], [5]]), { keyframes: [4], frames: [9], end: 13, times });
    assert.deepEqual(count(video, [[4, "key"], [6]], "nut"), { keyframes: [4], frames: [3], end: 7, times });
  });

  it("puts times that a container rounded back to their places", () => {
    const video = { ...OGG, time_base: "1/1000", r_frame_rate: "30000/1001" };
    assert.deepEqual(count(video, [[0, "key"], [33], [133, "key"]], "matroska"), {
      ...{ keyframes: [0, 133], frames: [4, 1], end: 167 },
      times: { from: 0, rate: [30_000, 1001] },
    });
  });

  it("has nothing to say if every place has a picture, or one is at no place", () => {
    assert.deepEqual(count(OGG, [[4, "key"], [5], [6]]), undefined);
    const video = { ...OGG, time_base: "1/1000" };
    assert.deepEqual(count(video, [[0, "key"], [40], [130], [160]], "matroska"), undefined);
    assert.deepEqual(count(OGG, [[4, "key"], [Number.MAX_SAFE_INTEGER], [6]]), undefined);
    assert.deepEqual(count({ ...OGG, codec_name: "vp8" }, [[4, "key"], [6]]), undefined);
  });
});
