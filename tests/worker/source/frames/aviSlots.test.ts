import assert from "node:assert/strict";

import { AviSlots } from "../../../../worker/source/frames/aviSlots";
import { assertFewGaps, numberedTimes } from "../../../../worker/source/frames/correctTimes";
import { evenTimes } from "../../../../worker/video/filters/evenTimes";

const AVI = { format: { format_name: "avi" }, streams: [] };
const VIDEO = { index: 0, codec_name: "h264", time_base: "1/25", has_b_frames: 0 };

const COUNTED = { keyframes: [0], frames: [5], last: 4, end: 5, total: 5, disordered: false };

/** Places pictures into slots of AVI. */
function placed(slots: readonly number[], video = {}) {
  const found = AviSlots.of(AVI, { ...VIDEO, ...video }) as AviSlots;
  const times = slots.map((dts) => found.place({ pts: NaN, dts, duration: 1, key: true, hidden: false }).pts);
  return { found, times };
}

describe("pictures of H.264 in AVI", () => {
  it("are shown a slot after their own, wherever ffmpeg shows them", () => {
    assert.deepEqual(placed([0, 1, 4, 5]).times, [1, 2, 5, 6]);
  });

  it("are shown where the next one's slot is due if a program left slots empty behind each", () => {
    const rate = { time_base: "1/600", r_frame_rate: "30000/1200" };
    const { found, times } = placed([0, 24, 48, 120, 144], rate);
    assert.deepEqual(times, [24, 48, 72, 144, 168]);
    assert.deepEqual([found.every, found.gaps], [24, [{ after: 72, ticks: 48 }]]);
  });

  it("are a slot apart if they come at no whole number of slots", () => {
    assert.equal(placed([], { time_base: "1/30", r_frame_rate: "25/1" }).found.every, 1);
  });

  it("get their times by their number where pictures were dropped, or are reordered", () => {
    const numbered = (slots: readonly number[], reordered: number) =>
      numberedTimes(AVI, { ...VIDEO, has_b_frames: reordered }, placed(slots).found, COUNTED);
    assert.equal(numbered([0, 1, 2], 0), undefined);
    assert.deepEqual(numbered([0, 1, 2], 2), { every: 1 });
    assert.deepEqual(numbered([0, 1, 4], 0), { every: 1, gaps: [{ after: 2, ticks: 2 }] });
  });

  it("are counted by a filter that has only the gaps nearby", () => {
    const times = { every: 1, gaps: [9, 50].map((after) => ({ after, ticks: 3 })) };
    assert.deepEqual(evenTimes({ times }, 0, 20), [
      "setpts='if(eq(N,0),PTS-3*eq(PTS,12),PREV_OUTPTS+1+3*eq(PREV_OUTPTS,9))'",
    ]);
    assert.deepEqual(evenTimes({ times }, 60, 90), ["setpts=STARTPTS+N*1"]);
    assert.deepEqual(evenTimes({ times: { every: 2, from: 4 } }), ["setpts=4+N*2"]);
  });

  it("are refused if more were dropped than a filter can hold", () => {
    const gaps = Array.from({ length: 1501 }, (_, index) => ({ after: 2 * index, ticks: 1 }));
    assert.doesNotThrow(() => assertFewGaps('"a.avi"', { every: 1, gaps: gaps.slice(1) }));
    assert.throws(() => assertFewGaps('"a.avi"', { every: 1, gaps }), {
      message:
        '"a.avi" is H.264 in AVI, which states no times, and lacks pictures in 1,501 places, of which at most 1,500 are accepted; convert it with `ffmpeg -i IN.avi -fps_mode cfr -c:v libx264 -crf 16 OUT.mp4`.',
    });
  });

  it("are those of fields if each packet has one", () => {
    assert.equal(AviSlots.of(AVI, VIDEO, 1), undefined);
    assert.ok(AviSlots.of(AVI, VIDEO, 0.5));
    assert.equal(AviSlots.of({ ...AVI, format: { format_name: "nut" } }, VIDEO), undefined);
  });
});
