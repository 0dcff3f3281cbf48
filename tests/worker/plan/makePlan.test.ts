import assert from "node:assert/strict";

import fc from "fast-check";

import type { Ladder, PlanSource } from "../../../contract/plan";
import { chunkOf, chunksOf, decodingDelay } from "../../../worker/plan/chunks";
import { carriedBytes, makePlan, MAX_PLAN_BYTES } from "../../../worker/plan/makePlan";
import { readLadder } from "../../../worker/plan/ladder";
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
    assert.equal(of({}, { dash: true }), of({}), "a manifest more encodes nothing anew");
  });

  it("takes longer chunks rather than a larger plan", () => {
    const keyframes = Array.from({ length: 60_000 }, (_, second) => second * 30_000 + 10_000_000_000);
    const index = { keyframes, frames: keyframes.map(() => 30), end: 60_000 * 30_000 + 10_000_000_000 };
    const plan = makePlan(SOURCE, index, { ...LADDER, parts: Array.from({ length: 5 }, () => ({ seconds: 11_000 })) });
    const bytes = carriedBytes(plan);
    assert.ok(bytes <= MAX_PLAN_BYTES && bytes > MAX_PLAN_BYTES / 2, String(bytes));
    assert.equal(
      plan.frames.reduce((sum, count) => sum + count, 0),
      60_000 * 30,
    );
  });
});

describe("a plan for any length of video", () => {
  /** Of frames at uneven distances, with a keyframe at every so many of them. */
  function indexOf(seconds: number, keyframeEvery: number, frameRate: number) {
    const keyframes: number[] = [];
    const step = (30_000 / frameRate) * keyframeEvery;
    for (let time = 1e12; time < 1e12 + seconds * 30_000; time += step) keyframes.push(Math.round(time + (time % 7)));
    return { keyframes, frames: keyframes.map(() => keyframeEvery), end: Math.round(1e12 + seconds * 30_000 + step) };
  }

  function assertWithinLimits(index: ReturnType<typeof indexOf>, ladder: Partial<Ladder>): void {
    const uri = `s3://bucket/${"é".repeat(500)}.mp4`;
    const plan = makePlan({ ...SOURCE, uri }, index, { ...LADDER, ...ladder });
    assert.ok(carriedBytes(plan) <= MAX_PLAN_BYTES, String(carriedBytes(plan)));
    for (const { chunks } of plan.parts) assert.ok(chunks >= 1 && chunks <= 10_000);
    const planned = plan.frames.reduce((sum, count) => sum + count, 0);
    assert.equal(
      planned,
      index.frames.reduce((sum, count) => sum + count, 0),
    );
  }

  it("stays within the payload and the children of an array", () => {
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

  it("does so for ten hours in which every frame is a keyframe, in chunks of a second", () => {
    assertWithinLimits(indexOf(36_000, 1, 30), { chunkSeconds: 1, parts: [{ seconds: 10 }, {}] });
  });
});

describe("chunks of a plan", () => {
  const plan = makePlan(SOURCE, INDEX, LADDER);

  it("are counted through the parts and placed on the output's timeline", () => {
    assert.deepEqual(chunkOf(plan, 2, 1), {
      part: 2,
      index: 1,
      number: 2,
      sourceStart: 210_060,
      sourceEnd: 240_090,
      start: 360_060,
      end: 390_090,
      frames: 30,
    });
    assert.deepEqual(
      chunksOf(plan).map(({ part, index, number }) => [part, index, number]),
      [
        [1, 0, 0],
        [2, 0, 1],
        [2, 1, 2],
        [2, 2, 3],
      ],
    );
  });

  it("are refused outside the plan", () => {
    assert.throws(() => chunkOf(plan, 3, 0), {
      name: "InputError",
      message: "--part must be 1 to 2, the parts in the plan. Received 3.",
    });
    assert.throws(() => chunkOf(plan, 1, 1), {
      name: "InputError",
      message: "AWS_BATCH_JOB_ARRAY_INDEX must be below 1, the chunks of part 1. Received 1.",
    });
  });

  it("are decoded two nominal frames before they are shown", () => {
    assert.equal(decodingDelay(plan, {}), 2002);
  });
});

describe("readLadder", () => {
  const cases: [environment: NodeJS.ProcessEnv, message: string][] = [
    [{}, "The environment variable VIDEO_BATCH_LADDER must hold the ladder as JSON. It is not set."],
    [{ VIDEO_BATCH_LADDER: "{" }, "VIDEO_BATCH_LADDER must hold the ladder as JSON. Received {."],
    [
      { VIDEO_BATCH_LADDER: '{"renditions":[],"parts":[{}],"audio":{}}' },
      "VIDEO_BATCH_LADDER lacks chunkSeconds, segmentSeconds, gopSeconds.",
    ],
    [
      { VIDEO_BATCH_LADDER: JSON.stringify({ ...LADDER, renditions: [{ name: "../x", height: 1 }] }) },
      'A rendition\'s name must be letters, digits, - and _, and not "audio" or "audio-2". Received "../x".',
    ],
  ];
  for (const [environment, message] of cases) {
    it(message, () => assert.throws(() => readLadder(environment), { name: "InputError", message }));
  }
  it("reads what the component wrote", () => {
    assert.deepEqual(readLadder({ VIDEO_BATCH_LADDER: JSON.stringify(LADDER) }), LADDER);
  });
});
