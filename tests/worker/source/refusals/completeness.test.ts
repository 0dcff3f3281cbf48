import assert from "node:assert/strict";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { Completeness } from "../../../../worker/source/refusals/completeness";

const video = (members: Partial<ProbeStream>): ProbeStream => ({
  ...{ index: 0, time_base: "1/1000", codec_type: "video", codec_name: "h264", width: 640, height: 360 },
  ...members,
});

describe("Completeness", () => {
  const streams = [video({ nb_frames: "10", start_pts: 0, duration_ts: 1000 })];
  function shortfall(packets: number, stderr: string): string | undefined {
    const completeness = new Completeness();
    for (let packet = 0; packet < packets; packet++) completeness.add(0, packet * 100, 100);
    return completeness.shortfall({ format: { format_name: "mov,mp4" }, streams }, stderr)?.sentence;
  }
  it("accepts a file with all frames", () => assert.equal(shortfall(10, ""), undefined));
  it("leaves to another count what an edit list could explain", () => {
    const probed = { format: { format_name: "mov,mp4" }, streams };
    const completeness = new Completeness();
    for (let packet = 0; packet < 5; packet++) completeness.add(0, packet * 100, 100);
    assert.equal(completeness.shortfall(probed, "")?.unlessEdited, true);
    assert.equal(completeness.shortfall(probed, "partial file")?.unlessEdited, undefined);
    assert.equal(completeness.hasAll(probed), false);
    for (let packet = 5; packet < 10; packet++) completeness.add(0, NaN, 0);
    assert.equal(completeness.hasAll(probed), true);
  });
  it("allows for an edit list at the end", () => assert.equal(shortfall(8, ""), undefined));
  it("finds a cut between frames", () =>
    assert.equal(
      shortfall(5, ""),
      "is cut off: its index lists 10 frames, and 5 are there; upload or export it again.",
    ));
  it("finds a cut within a frame", () =>
    assert.equal(
      shortfall(9, "partial file"),
      "is cut off: its index lists 10 frames, and 9 are there; upload or export it again.",
    ));
  it("finds a cut that only the demuxer reports", () =>
    assert.equal(
      shortfall(10, "File ended prematurely at pos. 3"),
      "is cut off: it ends in the middle of a frame; upload or export it again.",
    ));
});
