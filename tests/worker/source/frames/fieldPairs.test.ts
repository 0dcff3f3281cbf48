import assert from "node:assert/strict";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { FieldPairs, fieldTicks } from "../../../../worker/source/frames/fieldPairs";

const VIDEO: ProbeStream = {
  ...{ index: 1, codec_type: "video", codec_name: "h264", time_base: "1/90000" },
  ...{ field_order: "tt", avg_frame_rate: "25/1" },
};
const probed = (...times: number[]) => ({
  ...{ format: { format_name: "mpegts" }, streams: [VIDEO] },
  frames: [...times.map((pts) => ({ stream_index: 1, pts })), { stream_index: 0, pts: 1 }],
});

describe("fieldTicks", () => {
  it("is half of the time between the first frames, in whatever order they come", () =>
    assert.equal(fieldTicks(probed(7200, 14_400, 10_800), VIDEO), 1800));
  it("is half of what the stream says where too few were decoded", () =>
    assert.equal(fieldTicks(probed(7200), VIDEO), 1800));
  it("is nothing where pictures are whole", () => {
    assert.equal(fieldTicks(probed(0, 3600), { ...VIDEO, field_order: "progressive" }), undefined);
    assert.equal(fieldTicks(probed(0, 3600), { ...VIDEO, codec_name: "mpeg2video" }), undefined);
  });
});

describe("FieldPairs", () => {
  function pictures(ticks: number | undefined, ...times: number[]): [pts: number, duration: number][] {
    const seen: [number, number][] = [];
    const pairs = new FieldPairs(ticks, ({ pts, duration }) => seen.push([pts, duration]));
    for (const pts of times) pairs.add({ pts, duration: 1800, key: false, hidden: false });
    pairs.flush();
    return seen;
  }

  it("makes one picture of two fields, which take its time", () =>
    assert.deepEqual(pictures(1800, 0, 1800, 7200, 9000, 3600, 5400), [
      [0, 3600],
      [7200, 3600],
      [3600, 3600],
    ]));
  it("takes a field without a time for the second", () => assert.deepEqual(pictures(1800, 0, NaN), [[0, 3600]]));
  it("allows for times that are rounded to milliseconds", () =>
    assert.equal(pictures(16.5, 0, 17, 33, 50, 67, 83).length, 3));
  it("leaves frames alone, and a field that has lost the other", () =>
    assert.deepEqual(
      pictures(1800, 0, 3600, 5400, 7200, 10_800).map(([pts]) => pts),
      [0, 3600, 7200, 10_800],
    ));
  it("leaves everything alone where there are no fields", () => assert.equal(pictures(undefined, 0, 1800).length, 2));
});
