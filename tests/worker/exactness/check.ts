import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../../contract/manifest";
import { manifestTracks } from "../../../contract/manifest";
import type { Ladder, Plan } from "../../../contract/plan";
import { ffprobe } from "../../support/clips";
import { LADDER } from "../workerProcess";
import { makeAll } from "./inProcess";
import type { Decoded } from "./measure";
import { heardWithin, lateness, measure, TICKS } from "./measure";
import type { Source } from "./sources";

const [rendition] = LADDER.renditions;
export const FINE: Ladder = {
  ...LADDER,
  // The quality is so high that a difference can't be the encoder's.
  renditions: [{ ...rendition!, name: "64p", height: 64, crf: 4, maxBitrateKbps: 20_000 }],
  audio: { bitrateKbps: 256, channels: 6, maxTracks: 8 },
};

/** Seconds that sound may be early or late. */
const TOLERATED = 0.02;

/** Makes a source, processes it, and compares the output with it. */
export async function assertExact(source: Source, path: string, output: string, ladder = FINE): Promise<void> {
  const { file, make, size = [96, 64], chunks = 2, channels = [2], held = [0, 0], late = 0, heardAt = [] } = source;
  const input = join(path, file);
  await make(input);
  const plan = await makeAll(input, output, ladder);
  const [made] = plan.renditions;
  assert.ok(made && plan.frames.length >= chunks, `${plan.frames.length} chunks`);
  assert.deepEqual([made.width, made.pictureHeight], size);
  assert.deepEqual(
    (plan.audio ?? []).map((track) => track.channels),
    channels,
  );

  if (held !== "any") assertHeld(plan, held);
  await assertDurations(output, plan);
  const measured = await measure(source.like?.(input) ?? input, output, plan, made, source);
  assert.equal(plan.source.frames, measured.source.pictures.length, "pictures of the source");
  measured.source.pictures = measured.source.pictures.map((time) => time - late * TICKS);
  // Everything counts from when the first picture is shown.
  measured.source.pictures[0]! -= Math.round(heldSeconds(plan)[0] * TICKS);
  for (const [what, decoded, start] of [
    ["mp4", measured.mp4, 0],
    ["hls", measured.hls, 10 * TICKS],
  ] as const) {
    assert.equal(decoded.shape, `${size.join("x")} 1/1`);
    assertTimes(what, measured.source.pictures, decoded.pictures, start);
    channels.forEach((_, track) =>
      assertSound(`${what}, track ${track}`, [measured.source, decoded], track, [
        ...heardAt,
        plan.source.durationSeconds,
      ]),
    );
  }
  assertAlike(measured.alike, measured.alikeInOnePiece);
}

/** The seconds for which the first and the last picture are held. */
function heldSeconds({ pictures, boundaries, source }: Plan): [before: number, after: number] {
  const [from = 0, until = 0] = [boundaries[0], boundaries.at(-1)];
  const [first, end] = pictures ?? [from, until];
  const [numerator, denominator] = source.timeBase;
  return [((first - from) * numerator) / denominator, ((until - end) * numerator) / denominator];
}

/** The sound's own length is whole frames of its encoder. */
function assertHeld(plan: Plan, expected: readonly [number, number]): void {
  heldSeconds(plan).forEach((seconds, index) => {
    assert.ok(Math.abs(seconds - (expected[index] as number)) < 0.06, `held for ${seconds} s, not ${expected[index]}`);
  });
}

/** Everything that says how long the video is agrees. Sound ends with a whole frame. */
async function assertDurations(output: string, { source: { durationSeconds } }: Plan): Promise<void> {
  const manifest = JSON.parse(await readFile(`${output}/manifest.json`, "utf8")) as Manifest;
  const [rendition] = manifest.renditions;
  const [picture = [], ...sounds] = await ffprobe(`${output}/${rendition?.mp4.path}`, "stream=duration");
  const lengths: [what: string, seconds: number, most: number][] = [
    ["picture of the mp4", Number(picture[0]), 0.001],
    ...sounds.map(([seconds], index): [string, number, number] => [
      `sound ${index} of the mp4`,
      Number(seconds),
      0.025,
    ]),
  ];
  for (const { kind, name, playlist, durationSeconds: stated } of manifestTracks(manifest)) {
    const listed = (await readFile(`${output}/${playlist.path}`, "utf8")).matchAll(/^#EXTINF:([\d.]+)/gm);
    const sum = [...listed].reduce((total, [, seconds]) => total + Number(seconds), 0);
    const most = kind === "video" ? 0.001 : 0.025;
    lengths.push([`playlist of ${name}`, sum, most], [`${name} in the manifest`, stated, most]);
  }
  for (const [what, seconds, most] of lengths) {
    assert.ok(seconds > durationSeconds - 0.001 && seconds < durationSeconds + most, `${what} lasts ${seconds} s`);
  }
}

function assertTimes(what: string, source: readonly number[], made: readonly number[], start: number): void {
  assert.equal(made.length, source.length, `pictures of the ${what}`);
  made.forEach((time, index) => {
    const expected = (source[index] as number) - (source[0] as number) + start;
    assert.ok(Math.abs(time - expected) <= 1, `picture ${index} of the ${what} at ${time}, expected at ${expected}`);
    assert.ok(
      index === 0 || time > (made[index - 1] as number),
      `picture ${index} of the ${what} comes after the one before`,
    );
  });
}

/** @param moments When it is compared besides the beginning, in seconds. The last one is its end. */
function assertSound(
  what: string,
  [source, made]: readonly [Decoded, Decoded],
  track: number,
  moments: readonly number[],
): void {
  const durationSeconds = moments.at(-1) as number;
  const heard = made.sound[track]!;
  assert.equal(heard.jumps, 0, `${what} has gaps or overlaps`);
  const [begin, end] = heardWithin(made, track, Infinity);
  assert.ok(begin < TOLERATED && Math.abs(end - durationSeconds) < 0.025, `${what} lasts from ${begin} to ${end}`);
  const [from, to] = heardWithin(source, track, durationSeconds);
  for (const moment of [Math.min(from + 0.15, to), ...moments.slice(0, -1), Math.max(to - 0.15, from)]) {
    const late = lateness(source, made, track, moment);
    assert.ok(Math.abs(late) <= TOLERATED, `${what} is ${late} s late at ${moment} s`);
  }
}

/** On average as good as an encode in one piece, and nowhere much worse. */
function assertAlike(made: readonly number[], inOnePiece: readonly number[]): void {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.equal(made.length, inOnePiece.length);
  assert.ok(mean(made) >= 0.99 * mean(inOnePiece), `SSIM ${mean(made)}, in one piece ${mean(inOnePiece)}`);
  made.forEach((value, index) =>
    assert.ok(
      value >= 0.995 * (inOnePiece[index] as number),
      `SSIM of picture ${index}: ${value}, in one piece ${inOnePiece[index]}`,
    ),
  );
}
