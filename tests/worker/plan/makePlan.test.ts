import assert from "node:assert/strict";

import fc from "fast-check";

import type { Ladder, PlanSource } from "../../../contract/plan";
import { makePlan } from "../../../worker/plan/makePlan";
import { LADDER } from "../workerProcess";

const SOURCE: PlanSource = {
  uri: "s3://bucket/clip.mp4",
  bytes: 1000,
  etag: "abc",
  timeBase: [1, 30_000],
  videoStream: 0,
  audioStreams: [{ stream: 1, channels: 2 }],
  durationSeconds: 4,
  frames: 120,
  frameRate: [30_000, 1001],
  width: 160,
  height: 90,
};
const INDEX = { keyframes: [150_000, 180_030, 210_060, 240_090], frames: [30, 30, 30, 30], end: 270_120 };

describe("makePlan", () => {
  it("gives every job what it needs", () => {
    const { fingerprint, ...plan } = makePlan(SOURCE, INDEX, LADDER);
    assert.match(fingerprint, /^[0-9a-f]{32}$/);
    assert.deepEqual(plan, {
      version: 1,
      source: SOURCE,
      timeline: { timescale: 30_000, origin: 150_000, offset: 300_000 },
      parts: [{ chunks: 1 }, { chunks: 3 }],
      boundaries: [150_000, 180_030, 210_060, 240_090, 270_120],
      frames: [30, 30, 30, 30],
      renditions: [{ ...LADDER.renditions[0], width: 160, pictureHeight: 90 }],
      audio: [{ name: "audio", stream: 1, label: "Main", channels: 2, bitrateKbps: 96 }],
      segmentSeconds: 2,
      gopSeconds: 1,
    });
  });

  it("begins and ends with the sound if pictures are held for it, and divides the pictures as ever", () => {
    const { held, ...plain } = { ...INDEX, held: { from: 90_000, until: 900_000 } };
    const plan = makePlan(SOURCE, { ...plain, held }, LADDER);
    const other = makePlan(SOURCE, plain, LADDER);
    assert.deepEqual(plan, {
      ...other,
      timeline: { ...other.timeline, origin: 90_000 },
      boundaries: [90_000, 180_030, 210_060, 240_090, 900_000],
      pictures: [150_000, 270_120],
    });
  });

  it("has no audio for a silent source", () => {
    assert.ok(!("audio" in makePlan({ ...SOURCE, audioStreams: [] }, INDEX, LADDER)));
  });

  it("has a fingerprint of the source and the ladder", () => {
    const of = (source: Partial<PlanSource>, ladder: Partial<Ladder> = {}): string =>
      makePlan({ ...SOURCE, ...source }, INDEX, { ...LADDER, ...ladder }).fingerprint;
    assert.equal(of({}), of({}));
    const others = [
      of({ etag: "abd" }),
      of({ bytes: 1001 }),
      of({ uri: "s3://bucket/b.mp4" }),
      of({}, { gopSeconds: 2 }),
    ];
    assert.equal(new Set([of({}), ...others]).size, 5);
    const elsewhere = of({}, { otherImages: ["transcode"], otherArchitectures: [1] });
    assert.equal(elsewhere, of({}), "where jobs run changes no media");
    assert.equal(of({}, { dash: true }), of({}), "an additional manifest changes no media");
    assert.equal(of({}, { maxDurationSeconds: 7200 }), of({}), "nor does what else would be accepted");
  });
});

describe("a plan for any length of video", () => {
  /** An index of frames at uneven distances, with a keyframe every `keyframeEvery` of them. */
  function indexOf(seconds: number, keyframeEvery: number, frameRate: number) {
    const keyframes: number[] = [];
    const step = (30_000 / frameRate) * keyframeEvery;
    for (let time = 1e12; time < 1e12 + seconds * 30_000; time += step) keyframes.push(Math.round(time + (time % 7)));
    return { keyframes, frames: keyframes.map(() => keyframeEvery), end: Math.round(1e12 + seconds * 30_000 + step) };
  }

  function assertWithinLimits(index: ReturnType<typeof indexOf>, ladder: Partial<Ladder>): void {
    const uri = `s3://bucket/${"é".repeat(500)}.mp4`;
    const plan = makePlan({ ...SOURCE, uri }, index, { ...LADDER, ...ladder });
    for (const { chunks } of plan.parts) assert.ok(chunks >= 1 && chunks <= 10_000);
    const planned = plan.frames.reduce((sum, count) => sum + count, 0);
    assert.equal(
      planned,
      index.frames.reduce((sum, count) => sum + count, 0),
    );
  }

  it("stays within the limits of array jobs", () => {
    fc.assert(
      fc.property(
        fc.record({ seconds: fc.integer({ min: 1, max: 36_000 }), keyframeEvery: fc.integer({ min: 25, max: 600 }) }),
        fc.record({ chunkSeconds: fc.integer({ min: 1, max: 120 }), opening: fc.integer({ min: 1, max: 20_000 }) }),
        ({ seconds, keyframeEvery }, { chunkSeconds, opening }) => {
          assertWithinLimits(indexOf(seconds, keyframeEvery, 30), { chunkSeconds, parts: [{ seconds: opening }, {}] });
        },
      ),
      { numRuns: 15 },
    );
  });

  it("does so for ten hours of keyframes in chunks of one second", () => {
    assertWithinLimits(indexOf(36_000, 1, 30), { chunkSeconds: 1, parts: [{ seconds: 10 }, {}] });
  });
});
