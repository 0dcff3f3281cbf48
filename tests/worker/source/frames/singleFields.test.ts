import assert from "node:assert/strict";

import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";
import { firstField, SingleFields, withWholePictures } from "../../../../worker/source/frames/singleFields";

const VIDEO: ProbeStream = {
  ...{ index: 1, codec_name: "hevc", time_base: "1/90000", height: 540 },
  ...{ avg_frame_rate: "60000/1001", r_frame_rate: "25/1" },
};

function probed(...frames: [pts: number, interlaced_frame: number, top_field_first: number][]): Probe {
  return {
    ...{ format: { format_name: "mpegts" }, streams: [VIDEO] },
    frames: frames.map(([pts, interlaced_frame, top_field_first]) => {
      return { stream_index: 1, pts, interlaced_frame, top_field_first };
    }),
  };
}

describe("firstField", () => {
  it("is the field that is shown first", () => {
    assert.equal(firstField(probed([1800, 1, 0], [0, 1, 1]), VIDEO), "top");
    assert.equal(firstField(probed([0, 1, 0], [1800, 1, 1]), VIDEO), "bottom");
  });

  it("is undefined where pictures are whole, and for other codecs and streams", () => {
    assert.equal(firstField(probed([0, 0, 0]), VIDEO), undefined);
    assert.equal(firstField(probed(), VIDEO), undefined);
    assert.equal(firstField(probed([0, 1, 1]), { ...VIDEO, codec_name: "h264" }), undefined);
    assert.equal(firstField(probed([0, 1, 1]), { ...VIDEO, index: 0 }), undefined);
  });
});

describe("withWholePictures", () => {
  it("has twice the height and half the rate", () => {
    assert.deepEqual(withWholePictures(VIDEO), {
      ...VIDEO,
      ...{ height: 1080, avg_frame_rate: "30000/1001", r_frame_rate: "25/2" },
    });
  });
});

describe("SingleFields", () => {
  function joined(...packets: [pts: number, key?: "key"][]): [pts: number, duration: number, key: boolean][] {
    const pictures: [number, number, boolean][] = [];
    const fields = new SingleFields(({ pts, duration, key }) => pictures.push([pts, duration, key]));
    for (const [pts, key] of packets) {
      fields.add({ pts, dts: NaN, duration: 10, key: key === "key", hidden: false });
    }
    fields.flush();
    return pictures;
  }

  it("joins fields in the order in which they are shown", () => {
    assert.deepEqual(joined([0, "key"], [30], [10], [20]), [
      [0, 20, true],
      [20, 20, false],
    ]);
  });

  it("begins with a keyframe, and leaves out a field without a second one", () => {
    assert.deepEqual(joined([10], [20, "key"], [30], [40]), [[20, 20, true]]);
  });

  it("lets decoding begin with the picture behind a keyframe that is a second field", () => {
    assert.deepEqual(joined([0, "key"], [10], [20], [30, "key"], [40], [50]), [
      [0, 20, true],
      [20, 20, false],
      [40, 20, true],
    ]);
  });
});
