import assert from "node:assert/strict";

import { FrameCounter } from "../../../../worker/source/frames/frameCounter";

describe("FrameCounter", () => {
  function count(...packets: [pts: number, flags?: string, duration?: number, dts?: number][]) {
    const counter = new FrameCounter(25);
    for (const [pts, flags = "", duration = 10, dts = NaN] of packets) {
      counter.add({ pts, dts, duration, key: flags.includes("K"), hidden: flags.includes("D") });
    }
    const counted = counter.finish();
    return counted && { ...counted, keyframes: Array.from(counted.keyframes), frames: Array.from(counted.frames) };
  }

  it("counts the frames of an open GOP where they are shown", () => {
    const scan = count([0, "K"], [20], [10], [50, "K"], [30], [40], [60]);
    assert.deepEqual(scan, {
      keyframes: [0, 50],
      frames: [5, 2],
      last: 60,
      end: 70,
      densest: 3,
      disordered: false,
      total: 7,
    });
  });

  it("leaves out frames that have no keyframe before them in the file", () => {
    assert.deepEqual(count([5], [30, "K"], [10], [20], [40]), {
      keyframes: [30],
      frames: [2],
      last: 40,
      end: 50,
      densest: 2,
      disordered: false,
      total: 2,
      undecodable: { pictures: 1, from: 5 },
    });
  });

  it("begins where an edit list begins, even between keyframes", () => {
    assert.deepEqual(count([-20, "KD"], [-10, "D"], [10], [0], [20, "K"]), {
      keyframes: [0, 20],
      frames: [2, 1],
      last: 20,
      end: 30,
      densest: 3,
      disordered: false,
      total: 3,
    });
  });

  it("ends when the last frame shown does, however long others say that they are", () => {
    assert.equal(count([0, "K"], [10, "", 5000], [20], [30, "", 20])?.end, 50);
    assert.equal(count([0, "K", 900], [40, "", 10], [10, "", 7000], [20, "", 80], [30])?.end, 50);
    assert.equal(count([0, "K"], [10, "", 30], [10, "", 20])?.end, 40);
    assert.equal(count([0, "K"], [10, "", 0])?.end, 11);
  });

  it("ends with a packet that shows nothing, also if the last frame is taken after it", () => {
    const counter = new FrameCounter(25);
    const frame = (pts: number) => ({ pts, dts: NaN, duration: 10, key: pts === 0, hidden: false });
    counter.add(frame(0));
    counter.hold({ ...frame(20), duration: 50 });
    counter.add(frame(10));
    assert.equal(counter.finish()?.end, 70);
  });

  it("counts frames in disorder where they are decoded, and lets nothing begin with a keyframe that is late itself", () => {
    const scan = count(
      [0, "K", 10, 0],
      [10, "", 10, 10],
      [10, "K", 10, 10],
      [20, "K", 10, 20],
      [15, "", 10, 15],
      [12, "", 10, 12],
      [30, "K", 10, 30],
    );
    assert.deepEqual([scan?.keyframes, scan?.frames, scan?.disordered], [[0, 20, 30], [3, 3, 1], true]);
  });

  it("ends after the last frame, also if that is late", () => {
    const scan = count(
      [0, "K", 10, 0],
      [20, "", 10, 20],
      ...Array.from({ length: 12 }, (): [number, string, number, number] => [20, "", 10, 20]),
    );
    assert.deepEqual([scan?.end, scan?.disordered], [33, true]);
  });

  it("returns undefined without a keyframe", () => assert.equal(count([0], [10]), undefined));
});
