import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { FINE } from "./check";
import { makeAll } from "./inProcess";
import { encode, gop, picture, SECONDS, sound, X264 } from "./ingredients";

const RATE = 48_000;
/** Samples in an AAC frame. */
const FRAME = 1024;

/** A level in dB, as a factor. */
function factor(decibels: number): number {
  return 10 ** (decibels / 20);
}

describe("the sound", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  async function decode(input: string, ...options: string[]): Promise<Int16Array> {
    const raw = join(path, "decoded.raw");
    await ffmpeg("-v", "error", "-i", input, ...options, "-vn", "-ar", String(RATE), "-f", "s16le", raw);
    const bytes = await readFile(raw);
    return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index));
  }

  it("is the same as AAC in one piece, frame for frame and across the joins of segments", async () => {
    const [source, output, piece] = ["clip.mov", "out", "piece.m4a"].map((name) => join(path, name)) as [
      string,
      string,
      string,
    ];
    await encode(picture(), sound(SECONDS, 1), X264, gop(25), "-c:a", "pcm_s16le")(source);
    const ladder = { ...FINE, segmentSeconds: 1, audio: { bitrateKbps: 96, channels: 1, maxTracks: 1 } };
    await makeAll(source, output, ladder);
    await ffmpeg("-i", source, "-vn", "-c:a", "aac", "-b:a", "96k", "-flags", "+bitexact", "-threads", "1", piece);
    const frames = async (file: string): Promise<string[][]> => {
      const list = join(path, "frames.crc");
      await ffmpeg("-v", "error", "-copyts", "-i", file, "-map", "0:a", "-c", "copy", "-f", "framecrc", list);
      const lines = (await readFile(list, "utf8")).split("\n").filter((line) => /^\d/.test(line));
      return lines.map((line) => line.split(",").map((cell) => cell.trim()));
    };
    const contents = (rows: readonly string[][]): unknown[] =>
      rows.map(([, , , , bytes, checksum]) => [bytes, checksum]);
    // The first frame is the encoder's priming.
    const [, ...expected] = await frames(piece);
    const whole = await decode(piece);
    for (const made of ["hls/audio/playlist.m3u8", "mp4/64p.mp4"]) {
      const found = await frames(join(output, made));
      assert.deepEqual(contents(found), contents(expected), `AAC frames of ${made}`);
      found.forEach(([, , time], index) => assert.equal(Number(time), Number(found[0]?.[2]) + index * FRAME));
      const samples = await decode(join(output, made));
      assert.ok(
        samples.length >= SECONDS * RATE && samples.length < SECONDS * RATE + FRAME,
        `${samples.length} samples`,
      );
      // The first frame has no frame before it to overlap with, so it fades in; a decoder's noise substitution is random. Newer muxers
      // cut off the padding of the last frame with an edit list.
      const heard = samples.subarray(0, SECONDS * RATE);
      const different = heard.findIndex(
        (sample, index) => index >= FRAME && Math.abs(sample - (whole[index] ?? 0)) > 328,
      );
      assert.equal(different, -1, `${made} differs from sample ${different} on by more than 1 %`);
    }
  });

  it("is heard with the flash that it was recorded with, at the beginning and at the end", async () => {
    const [source, output] = [join(path, "flash.ts"), join(path, "flashed")];
    const lit = "between(t,0.199,0.239)+between(t,2.199,2.239)";
    await encode(
      ["-f", "lavfi", "-i", `color=black:s=96x64:r=25:d=2.4,drawbox=t=fill:color=white:enable='${lit}'`],
      [
        "-f",
        "lavfi",
        "-i",
        `aevalsrc=0.9*sin(2*PI*1000*t)*(between(t\\,0.2\\,0.24)+between(t\\,2.2\\,2.24)):s=${RATE}:d=2.4`,
      ],
      ...[X264, gop(25, 2), "-c:a", "mp2", "-output_ts_offset", "7"],
    )(source);
    await makeAll(source, output, FINE);
    const gray = join(path, "gray.raw");
    for (const made of ["mp4/64p.mp4", "hls/master.m3u8"]) {
      await ffmpeg(
        "-i",
        join(output, made),
        "-an",
        "-fps_mode",
        "passthrough",
        "-vf",
        "scale=1:1,format=gray",
        "-f",
        "rawvideo",
        gray,
      );
      const flashes = onsets(
        [...(await readFile(gray))].map((level) => level > 128),
        25,
      );
      const loud = (await decode(join(output, made), "-ac", "1")).map((sample) => Math.abs(sample));
      const beeps = onsets(
        Array.from(loud, (level) => level > 8000),
        RATE,
      );
      assert.equal(flashes.length, 2, `flashes at ${String(flashes)}`);
      assert.equal(beeps.length, 2, `beeps at ${String(beeps)}`);
      flashes.forEach((flash, index) => {
        const late = (beeps[index] as number) - flash;
        assert.ok(Math.abs(late) <= 0.02, `the beep of ${made} at ${flash} s is ${late} s late`);
      });
    }
  });

  it("of 5.1 is mixed down by ITU-R BS.775, without the LFE and without clipping", async () => {
    const [source, output] = [join(path, "surround.mkv"), join(path, "mixed")];
    const tones = [400, 500, 600, 50, 700, 800].map((frequency) => `sin(2*PI*${frequency}*t)`).join("|");
    await encode(
      picture({ seconds: 1 }),
      ["-f", "lavfi", "-i", `aevalsrc=${tones}:c=5.1:s=${RATE}:d=1`],
      ...[X264, "-c:a", "pcm_s16le"],
    )(source);
    await makeAll(source, output, { ...FINE, audio: { bitrateKbps: 320, channels: 2, maxTracks: 1 } });
    const samples = await decode(join(output, "mp4/64p.mp4"));
    const channel = (offset: number): number[] => Array.from(samples).filter((_, index) => index % 2 === offset);
    // Front, centre and surround of one side together don't exceed full scale.
    const scale = 1 / (1 + 2 * factor(-3.01));
    for (const [side, expected] of [
      [0, { 400: 1, 600: factor(-3.01), 700: factor(-3.01), 50: 0, 500: 0, 800: 0 }],
      [1, { 500: 1, 600: factor(-3.01), 800: factor(-3.01), 50: 0, 400: 0, 700: 0 }],
    ] as const) {
      const heard = channel(side).slice(0.2 * RATE, 0.8 * RATE);
      for (const [frequency, share] of Object.entries(expected)) {
        const level = amplitude(heard, Number(frequency));
        assert.ok(Math.abs(level - share * scale) < 0.02, `${frequency} Hz on side ${side}: ${level}`);
      }
      assert.ok(Math.max(...heard.map(Math.abs)) < 32_767);
    }
  });
});

/** The times in seconds at which something becomes present. */
function onsets(present: readonly boolean[], rate: number): number[] {
  const found: number[] = [];
  present.forEach((there, index) => {
    // During a beep the wave crosses 0 all the time.
    if (there && !present.slice(Math.max(0, index - rate / 20), index).some(Boolean)) found.push(index / rate);
  });
  return found;
}

/** The amplitude of one frequency as a share of full scale (Goertzel). */
function amplitude(samples: readonly number[], frequency: number): number {
  const turn = (2 * Math.PI * frequency) / RATE;
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    real += sample * Math.cos(turn * index);
    imaginary += sample * Math.sin(turn * index);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length / 32_768;
}
