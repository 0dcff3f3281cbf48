import assert from "node:assert/strict";

import { Stretches } from "../../../../worker/source/frames/stretches";
import { findJoins, type Track } from "../../../../worker/source/joins/findJoins";
import { moveStretches } from "../../../../worker/source/joins/moveStretches";

/** Runs of packets of pictures (20 a second) and sound (50 a second) that begin at some time and last some seconds. */
type Run = [kind: "video" | "audio", begin: number, seconds: number];

type Span = [begin: number, seconds: number];

/** Written in this order. */
function tracksOf(runs: readonly Run[], clock = { jumps: true, wrap: Infinity }): [Track, Track] {
  const stretches = new Stretches(clock);
  let position = 0;
  for (const [kind, begin, seconds] of runs) {
    const duration = kind === "video" ? 0.05 : 0.02;
    for (let packet = 0; packet < Math.round(seconds / duration); packet++) {
      const time = begin + packet * duration;
      const stream = kind === "video" ? 0 : 1;
      stretches.add({
        stream,
        position: (position += 188),
        size: 100,
        decoded: time,
        shown: time,
        duration,
        key: true,
      });
    }
  }
  return [stretches.byStream.get(0) ?? [], stretches.byStream.get(1) ?? []];
}

/** Pictures and sound in turn, each from a time on and for some seconds. */
function interleaved([begin, seconds]: Span, [heard, heardSeconds]: Span = [begin, seconds]): Run[] {
  const tenths = Math.round(10 * Math.max(seconds, heardSeconds));
  return Array.from({ length: tenths }, (_, tenth): Run[] => [
    ...(tenth < Math.round(10 * seconds) ? [["video", begin + tenth / 10, 0.1] satisfies Run] : []),
    ...(tenth < Math.round(10 * heardSeconds) ? [["audio", heard + tenth / 10, 0.1] satisfies Run] : []),
  ]).flat();
}

function shiftsOf(runs: readonly Run[], clock?: { jumps: boolean; wrap: number }): number[][] {
  const [video, audio] = tracksOf(runs, clock);
  const { joins } = findJoins(video, [audio]);
  const moved = moveStretches(video, [audio], joins, new Map());
  return moved.map((track) => track.map(({ shift }) => Math.round(shift * 1000) / 1000));
}

const NO_SOUND: Span = [0, 0];
const NO_PICTURE: Span = [0, 0];

describe("findJoins and moveStretches", () => {
  it("join what goes back, and what jumps ahead together", () => {
    for (const begin of [0, 3, 100, 5000]) {
      assert.deepEqual(shiftsOf([...interleaved([40, 2]), ...interleaved([begin, 2])]), [
        [0, 42 - begin],
        [0, 42 - begin],
      ]);
    }
  });

  it("take no gap for a jump in a container with one timeline", () => {
    const runs = [...interleaved([0, 2]), ...interleaved([10, 2])];
    assert.deepEqual(shiftsOf(runs, { jumps: false, wrap: Infinity }), [[0], [0]]);
  });

  it("leave a pause of the pictures while sound goes on, and a pause of the sound", () => {
    assert.deepEqual(shiftsOf([...interleaved([0, 2], [0, 6]), ...interleaved([6, 2])]), [[0, 0], [0]]);
    assert.deepEqual(shiftsOf([...interleaved([0, 6], [0, 2]), ...interleaved([6, 2])]), [[0], [0, 0]]);
  });

  it("keep sound at its distance from the picture, also if it jumps a little before", () => {
    const runs = [
      ...interleaved([10, 2], [9.9, 2]),
      ...interleaved(NO_PICTURE, [60.1, 0.2]),
      ...interleaved([60.2, 2], [60.3, 2]),
    ];
    assert.deepEqual(shiftsOf(runs), [
      [0, -48.2],
      [0, -48.2],
    ]);
  });

  it("hold the last picture of a part as long as it has sound", () => {
    assert.deepEqual(shiftsOf([...interleaved([0, 1], [0, 3]), ...interleaved([0, 1])]), [
      [0, 3],
      [0, 3],
    ]);
  });

  it("count sound that begins with a later part to that", () => {
    assert.deepEqual(shiftsOf([...interleaved([50, 2], NO_SOUND), ...interleaved([0, 2], [0.1, 2])]), [[0, 52], [52]]);
  });

  it("join pictures without sound only if they pause longer than slides are shown", () => {
    assert.deepEqual(shiftsOf([...interleaved([0, 2], NO_SOUND), ...interleaved([11, 2], NO_SOUND)])[0], [0, 0]);
    assert.deepEqual(shiftsOf([...interleaved([0, 2], NO_SOUND), ...interleaved([13, 2], NO_SOUND)])[0], [0, -11]);
  });

  it("count times across the turn of the clock", () => {
    const clock = { jumps: true, wrap: 100 };
    assert.deepEqual(shiftsOf([...interleaved([98, 2]), ...interleaved([0, 2])], clock), [[0], [0]]);
    assert.deepEqual(shiftsOf([...interleaved([98, 2]), ...interleaved([130, 2])], clock), [
      [0, -30],
      [0, -30],
    ]);
  });

  it("report times that go back for one track alone", () => {
    for (const runs of [
      [...interleaved([10, 2]), ...interleaved([5, 2], [12, 2])],
      [...interleaved([10, 2]), ...interleaved([12, 2], [5, 2])],
    ]) {
      const [pictures, sound] = tracksOf(runs);
      assert.equal(findJoins(pictures, [sound]).contradiction?.after.decoded, 5);
    }
  });
});
