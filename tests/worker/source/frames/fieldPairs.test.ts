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
  it("is half the time between the first frames, in any order", () =>
    assert.equal(fieldTicks(probed(7200, 14_400, 10_800), VIDEO), 1800));
  it("is half the stated frame length if too few frames were decoded", () =>
    assert.equal(fieldTicks(probed(7200), VIDEO), 1800));
  it("is undefined where packets have whole pictures", () => {
    assert.equal(fieldTicks(probed(0, 3600), { ...VIDEO, field_order: "progressive" }), undefined);
    assert.equal(fieldTicks(probed(0, 3600), { ...VIDEO, codec_name: "mpeg2video" }), undefined);
  });
});

describe("FieldPairs", () => {
  function joined(ticks: number | undefined, ...times: number[]): [pts: number, duration: number][] {
    const pictures: [number, number][] = [];
    const pairs = new FieldPairs(ticks, ({ pts, duration }) => pictures.push([pts, duration]));
    for (const pts of times) pairs.add({ pts, dts: NaN, duration: 1800, key: false, hidden: false });
    pairs.flush();
    return pictures;
  }

  it("joins two fields into one picture that lasts as long as both", () =>
    assert.deepEqual(joined(1800, 0, 1800, 7200, 9000, 3600, 5400), [
      [0, 3600],
      [7200, 3600],
      [3600, 3600],
    ]));
  it("treats a field without a timestamp as the second one", () => assert.deepEqual(joined(1800, 0, NaN), [[0, 3600]]));
  it("allows for timestamps rounded to milliseconds", () =>
    assert.equal(joined(16.5, 0, 17, 33, 50, 67, 83).length, 3));
  it("leaves pictures alone that take one or two ticks of a slow clock", () => {
    assert.equal(joined(0.5, 0, 1, 2, 3).length, 4);
    assert.equal(joined(1, 0, 2, 4, 6).length, 4);
    assert.equal(joined(1, 0, 1, 2, 3).length, 2);
  });
  it("does not change frames or a field whose other field is lost", () =>
    assert.deepEqual(
      joined(1800, 0, 3600, 5400, 7200, 10_800).map(([pts]) => pts),
      [0, 3600, 7200, 10_800],
    ));
  it("lets every picture last as long as two fields", () => {
    const pictures: number[] = [];
    const pairs = new FieldPairs(1800, ({ duration }) => pictures.push(duration));
    for (const pts of [0, 3600]) pairs.add({ pts, dts: NaN, duration: 1800, key: false, hidden: false });
    pairs.flush();
    assert.deepEqual(pictures, [3600, 3600]);
  });
  it("believes what packets contain rather than their times", () => {
    const pictures: number[] = [];
    const pairs = new FieldPairs(1800, ({ pts }) => pictures.push(pts));
    const add = (pts: number, isSecond: boolean): void =>
      pairs.add({ pts, dts: NaN, duration: 1800, key: false, hidden: false }, isSecond);
    add(7200, false);
    add(1800, true);
    add(3600, false);
    add(5400, false);
    add(5400, true);
    // The first field of this one has no timestamp.
    add(9000, true);
    pairs.flush();
    assert.deepEqual(pictures, [7200, 3600, 5400]);
  });
  it("changes nothing where there are no fields", () => assert.equal(joined(undefined, 0, 1800).length, 2));
});
