import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { FINE } from "./check";
import { makeAll } from "./inProcess";
import { encode, gop, picture, sound, X264 } from "./ingredients";

const RATE = 8000;
const SECONDS = 4;

/** Seconds of sound that are compared at once, and by which they may be late or early. */
const SPAN = 0.25;
const TOLERATED = 0.02;

const AT = "(TS*TB)";
const PAUSE = `${AT}+0.5*gt(${AT},1.7)`;
/** Behind the pause, until a frame was in time: nothing tells before that how late the first one is. */
const UNSETTLED = [2.2, 2.4] as const;
const LATE = "0.015*mod(N*7,4)";

/** What is done to the times of the sound, and what they are meant to be, in seconds. */
const CASES: [what: string, file: string, times: string, meant: string][] = [
  ["each late by up to 45 ms", "late.mkv", `${AT}+${LATE}`, AT],
  ["each late by up to 45 ms, in MP4", "late.mp4", `${AT}+0.008*mod(N*2,5)`, AT],
  ["several at once, every 100 ms", "bursts.mkv", `ceil(${AT}*10-0.01)/10`, AT],
  ["a second of them at once", "held.mkv", `if(between(${AT},1,2),2,${AT})`, AT],
  ["one of them late by 0.4 s", "one.mkv", `${AT}+0.4*eq(N,90)`, AT],
  ["late behind a pause too", "pause.mkv", `${PAUSE}+${LATE}`, PAUSE],
];

describe("frames of sound with the times of their arrival", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  const known = new Map<string, Promise<Int16Array>>();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const source = [picture({ seconds: 5 }), sound(SECONDS, 1), X264, gop(25), "-c:a", "aac", "-b:a", "128k"];
    await encode(...source)(join(path, "clip.mkv"));
  });
  after(() => remove());

  /** The sound that is made of the clip with these times. */
  async function made(file: string, times: string): Promise<Int16Array> {
    const [input, output, raw] = ["", ".out", ".raw"].map((end) => join(path, file + end)) as [string, string, string];
    await ffmpeg("-i", join(path, "clip.mkv"), "-c", "copy", "-bsf:a", `setts=ts='round((${times})/TB)'`, input);
    await makeAll(input, output, FINE);
    await ffmpeg("-v", "error", "-i", join(output, "mp4/64p.mp4"), "-vn", "-ar", String(RATE), "-f", "s16le", raw);
    const bytes = await readFile(raw);
    return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index));
  }

  for (const [what, file, times, meant] of CASES) {
    it(`are heard one after the other, in sync: ${what}`, async () => {
      // Matroska rounds times to milliseconds.
      const key = extname(file) + meant;
      const expected = await (known.get(key) ?? known.set(key, made(`meant.${file}`, meant)).get(key)!);
      const heard = await made(file, times);
      for (let begin = 0.2; begin < SECONDS - SPAN; begin += SPAN) {
        const alike = likeness(expected, heard, begin);
        const isSettled = meant !== PAUSE || begin + SPAN < UNSETTLED[0] || begin > UNSETTLED[1];
        assert.ok(!isSettled || alike > 0.9, `alike by ${alike.toFixed(3)} from ${begin.toFixed(2)} s on`);
      }
    });
  }
});

/** How alike two sounds are at most, within the tolerated time. 1 if they are the same, or both silent. */
function likeness(one: Int16Array, other: Int16Array, begin: number): number {
  const [from, span, reach] = [begin, SPAN, TOLERATED].map((seconds) => Math.round(seconds * RATE)) as [
    number,
    number,
    number,
  ];
  const lags = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  return Math.max(
    ...lags.map((lag) => {
      let [product, first, second] = [0, 0, 0];
      for (let at = from; at < from + span; at++) {
        const [a, b] = [one[at] ?? 0, other[at + lag] ?? 0];
        [product, first, second] = [product + a * b, first + a * a, second + b * b];
      }
      return first + second === 0 ? 1 : (2 * product) / (first + second);
    }),
  );
}
