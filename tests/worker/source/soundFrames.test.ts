import assert from "node:assert/strict";

import { withFrames } from "../../../worker/source/soundFrames";

describe("withFrames", () => {
  const track = { stream: 1, channels: 2 };
  const framesOf = (codec_name: string, lengths: [stream: number, seconds: number][] = []) => {
    const streams = [{ index: 1, time_base: "1/90000", codec_name }];
    const times = { first: new Map([[1, 126_000]]), grouped: new Map(lengths) };
    return withFrames(track, { format: { format_name: "x" }, streams }, times).frames;
  };

  it("notes the length of frames that share a timestamp", () => {
    assert.deepEqual(framesOf("aac", [[1, 0.02]]), { first: 1.4, grouped: 0.02 });
    assert.deepEqual(framesOf("ac3", [[1, 0.032]]), { first: 1.4, grouped: 0.032 });
  });

  it("notes MPEG audio, whose frames may get the rate of others", () => {
    assert.deepEqual(framesOf("mp3"), { first: 1.4, mpeg: true });
    assert.deepEqual(framesOf("mp2", [[1, 0.024]]), { first: 1.4, grouped: 0.024, mpeg: true });
  });

  it("notes nothing where every frame has a time", () => {
    assert.equal(framesOf("aac", [[2, 0.02]]), undefined);
  });
});
