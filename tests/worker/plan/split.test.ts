import assert from "node:assert/strict";

import fc from "fast-check";

import type { FrameIndex } from "../../../worker/plan/split";
import { leadSeconds, MAX_CHUNKS_PER_PART, splitVideo } from "../../../worker/plan/split";

/** Keyframes every `spacing` ticks, with ten frames from each. */
function regular(count: number, spacing: number): FrameIndex {
  const keyframes = Array.from({ length: count }, (_, index) => index * spacing);
  return { keyframes, frames: keyframes.map(() => 10), end: count * spacing };
}

const indexes: fc.Arbitrary<FrameIndex> = fc
  .record({
    start: fc.integer({ min: -1000, max: 100_000 }),
    gaps: fc.array(fc.record({ gap: fc.integer({ min: 1, max: 5000 }), frames: fc.integer({ min: 1, max: 300 }) }), {
      minLength: 1,
      maxLength: 200,
    }),
  })
  .map(({ start, gaps }) => {
    const keyframes: number[] = [];
    let time = start;
    for (const { gap } of gaps) {
      keyframes.push(time);
      time += gap;
    }
    return { keyframes, frames: gaps.map(({ frames }) => frames), end: time };
  });

const ladders = fc.record({
  parts: fc
    .array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 })
    .map((seconds) => [...seconds.map((value) => ({ seconds: value })), {}]),
  chunkSeconds: fc.integer({ min: 1, max: 120 }),
});

describe("splitVideo", () => {
  it("begins a chunk with each recording, in the part that it is in", () => {
    const recordings = [{ pts: 1300 }, { pts: 5000 }];
    const { parts, boundaries, frames } = splitVideo(
      { ...regular(100, 100), recordings },
      100,
      [{ seconds: 20 }, {}],
      40,
    );
    assert.deepEqual(parts, [{ chunks: 2 }, { chunks: 3 }]);
    assert.deepEqual(boundaries, [0, 1300, 2000, 5000, 6000, 10_000]);
    assert.deepEqual(frames, [130, 70, 300, 100, 400]);
  });

  it("begins a chunk with each coding of colours", () => {
    const colours = [{ from: 0 }, { from: 3000 }, { from: 3500 }];
    const { parts, boundaries } = splitVideo({ ...regular(100, 100), colours }, 100, [{}], 50);
    assert.deepEqual(parts, [{ chunks: 4 }]);
    assert.deepEqual(boundaries, [0, 3000, 3500, 5000, 10_000]);
  });

  it("covers every frame exactly once, with boundaries on keyframes", () => {
    fc.assert(
      fc.property(indexes, ladders, fc.constantFrom(10, 100, 1000), (index, { parts, chunkSeconds }, ticks) => {
        const result = splitVideo(index, ticks, parts, chunkSeconds);
        const keyframes = Array.from(index.keyframes);
        const chunks = result.frames.length;

        assert.equal(result.boundaries.length, chunks + 1);
        assert.equal(
          result.parts.reduce((sum, part) => sum + part.chunks, 0),
          chunks,
        );
        assert.ok(result.parts.every((part) => part.chunks >= 1 && part.chunks <= MAX_CHUNKS_PER_PART));
        assert.ok(result.parts.length <= parts.length);
        assert.equal(result.boundaries[0], keyframes[0]);
        assert.equal(result.boundaries.at(-1), index.end);
        result.boundaries.slice(0, -1).forEach((boundary) => assert.ok(keyframes.includes(boundary)));
        for (let chunk = 0; chunk < chunks; chunk++) {
          const [start, end] = [result.boundaries[chunk] as number, result.boundaries[chunk + 1] as number];
          assert.ok(start < end);
          const expected = keyframes.reduce(
            (sum, time, at) => (time >= start && time < end ? sum + (index.frames[at] as number) : sum),
            0,
          );
          assert.equal(result.frames[chunk], expected);
        }
      }),
    );
  });

  it("ends a part at the first keyframe at or after its seconds", () => {
    fc.assert(
      fc.property(indexes, fc.integer({ min: 1, max: 60 }), (index, seconds) => {
        const { parts, boundaries } = splitVideo(index, 100, [{ seconds }, {}], 1e9);
        const wanted = (index.keyframes[0] as number) + seconds * 100;
        const expected = Array.from(index.keyframes).find((time) => time >= wanted);
        assert.equal(parts.length, expected === undefined ? 1 : 2);
        assert.equal(boundaries[1], expected ?? index.end);
      }),
    );
  });

  it("puts chunk boundaries on the keyframes nearest to equal lengths", () => {
    // 100 s with a keyframe every 3 s; three chunks aim at 33.3 s and 66.7 s.
    const result = splitVideo({ ...regular(34, 3), end: 100 }, 1, [{}], 33);
    assert.deepEqual(result, { parts: [{ chunks: 3 }], boundaries: [0, 33, 66, 100], frames: [110, 110, 120] });
  });

  it("leaves out parts that the video is too short for", () => {
    assert.deepEqual(splitVideo(regular(3, 2), 1, [{ seconds: 10 }, { seconds: 10 }, {}], 60), {
      parts: [{ chunks: 1 }],
      boundaries: [0, 6],
      frames: [30],
    });
  });

  it("has one chunk when there is one keyframe", () => {
    assert.deepEqual(
      splitVideo({ keyframes: [7], frames: [90_000], end: 3_600_007 }, 1000, [{ seconds: 10 }, {}], 60),
      {
        parts: [{ chunks: 1 }],
        boundaries: [7, 3_600_007],
        frames: [90_000],
      },
    );
  });

  it("never gives a part more chunks than an array job has children", () => {
    const { parts } = splitVideo(regular(50_000, 1), 1, [{}], 1);
    assert.deepEqual(parts, [{ chunks: MAX_CHUNKS_PER_PART }]);
  });
});

describe("leadSeconds", () => {
  const keyframes = [0, 1000, 1500, 4000, 4100];
  const index = { keyframes, frames: keyframes.map(() => 1), end: 5000 };

  it("reaches back to the keyframe before each chunk, wherever it is", () => {
    assert.equal(leadSeconds(index, [0, 1500, 4000, 5000], 1000), 2.5);
    assert.equal(leadSeconds(index, [0, 1500, 4100, 5000], 1000), 0.5);
  });

  it("reaches back further for a number of pictures, but not beyond the first", () => {
    const some = { ...index, frames: [10, 3, 9, 2, 7] };
    assert.equal(leadSeconds(some, [0, 4100, 5000], 1000, 2), 0.1);
    assert.equal(leadSeconds(some, [0, 4100, 5000], 1000, 3), 2.6);
    assert.equal(leadSeconds(some, [0, 4100, 5000], 1000, 14), 3.1);
    assert.equal(leadSeconds(some, [0, 4100, 5000], 1000, 99), 4.1);
  });

  it("is 0 for a single chunk", () => assert.equal(leadSeconds(index, [0, 5000], 1000), 0));
});
