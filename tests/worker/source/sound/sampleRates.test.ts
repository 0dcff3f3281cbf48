import assert from "node:assert/strict";

import { SampleRates } from "../../../../worker/source/sound/sampleRates";

/** Frames at the distances of a rate. */
const at = (rate: number, count: number): number[] => Array.from({ length: count }, () => 1024 / rate);

/** Frames of which each ninth has a time of its own, and the others are at the distances of a rate from before. */
const grouped = (rate: number, before: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) =>
    index % 9 === 8 ? (9 * 1024) / rate - (8 * 1024) / before : 1024 / before,
  );

/** Frames of which some are missing. */
const lost = (rate: number, count: number, isLost: (index: number) => boolean): number[] => {
  const left = Array.from({ length: count }, (_, index) => index).filter((index) => !isLost(index));
  return left.map((index, place) => ((index - (left[place - 1] ?? -1)) * 1024) / rate);
};

/** Numbers from 0 to 1 that look random, the same ones in each run. */
const scattered = (index: number): number => Math.abs(Math.sin(index * 12.9898) * 43_758.5453) % 1;

/** The first change that shows in frames at these distances, in seconds, whose times are rounded. */
function changeIn(distances: readonly number[], rounded = 1000): number | undefined {
  const rates = new SampleRates(32);
  let time = 0;
  let change: number | undefined;
  for (const distance of distances) {
    change ??= rates.add(Math.round(time * rounded) / rounded, 1024);
    time += distance;
  }
  return change;
}

describe("the sample rate that the distances of AAC frames show", () => {
  for (const [what, distances, from] of [
    ["down by eight per cent", [...at(48_000, 200), ...at(44_100, 100)], 200 * (1024 / 48_000)],
    ["up by eight per cent", [...at(44_100, 200), ...at(48_000, 100)], 200 * (1024 / 44_100)],
    ["to half", [...at(48_000, 50), ...at(24_000, 50)], 50 * (1024 / 48_000)],
    ["to the double", [...at(24_000, 50), ...at(48_000, 50)], 50 * (1024 / 24_000)],
    ["between high rates", [...at(96_000, 100), ...at(88_200, 100)], 100 * (1024 / 96_000)],
    ["down, in groups", [...at(48_000, 200), ...grouped(44_100, 48_000, 150)], 200 * (1024 / 48_000)],
    ["up, in groups", [...at(44_100, 200), ...grouped(48_000, 44_100, 150)], 200 * (1024 / 44_100)],
    ["to half, in groups", [...at(48_000, 200), ...grouped(24_000, 48_000, 150)], 200 * (1024 / 48_000)],
    ["behind a pause", [...at(48_000, 100), 5, ...at(32_000, 100)], 5 + 100 * (1024 / 48_000)],
  ] as const) {
    it(`changes ${what}`, () => {
      const change = changeIn(distances);
      assert.ok(change !== undefined && Math.abs(change - from) < 0.5, `${change} for ${from}`);
    });
  }

  for (const [what, distances, rounded] of [
    ["times are rounded to milliseconds", at(44_100, 2000)],
    ["times are truncated by a writer that adds up whole milliseconds", at(1024 / 0.021, 2000)],
    ["times are exact", at(11_025, 500), 11_025],
    ["sound pauses", [...at(48_000, 100), 3, ...at(48_000, 100), 0.4, ...at(48_000, 100)]],
    ["some frames are lost", lost(48_000, 20_000, (index) => scattered(index) < 0.085)],
    ["half of the frames are lost", lost(48_000, 20_000, (index) => scattered(index) < 0.5)],
    ["a recorder notes when frames come", at(48_000, 5000).map((distance, i) => distance * (0.5 + scattered(i)))],
    ["a clock is wrong", [...at(48_000, 500), ...at(48_480, 500), ...at(47_520, 500)]],
    ["frames have no times", at(48_000, 200).map(() => NaN)],
    ["frames have 960 samples", at(48_000 * (1024 / 960), 500)],
  ] as const) {
    it(`doesn't change where ${what}`, () => assert.equal(changeIn(distances, rounded), undefined));
  }
});
