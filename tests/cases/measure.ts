import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const [WIDTH, HEIGHT] = [32, 18];
const PIXELS = WIDTH * HEIGHT;
const RATE = 48_000;
const TICKS = 90_000;
/** Samples of the windows in which a beep is looked for: 5 ms. */
const WINDOW = 240;

/** The decoded pictures of a file, very small, and the seconds at which they are shown. */
export interface Pictures {
  rgb: Buffer;
  count: number;
  times: number[];
}

async function decode(input: string, ...options: string[]): Promise<Buffer> {
  const args = ["-v", "error", "-nostdin", "-copyts", "-i", `file:${input}`, ...options];
  return (await run("ffmpeg", args, { encoding: "buffer", maxBuffer: 2 ** 30 })).stdout;
}

export async function picturesOf(input: string): Promise<Pictures> {
  const scale = `scale=${WIDTH}:${HEIGHT}:flags=area+accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24`;
  const passed = ["-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", `1/${TICKS}`, "-vf", scale];
  const [rgb, rows] = await Promise.all([
    decode(input, ...passed, "-f", "rawvideo", "-"),
    decode(input, ...passed, "-f", "framecrc", "-"),
  ]);
  const times = rows
    .toString()
    .split("\n")
    .filter((row) => /^\d/.test(row))
    .map((row) => Number(row.split(",")[2]) / TICKS);
  return { rgb, count: rgb.length / (3 * PIXELS), times };
}

/** The mean of a picture's red, green and blue. */
export function colourOf({ rgb }: Pictures, picture: number): number[] {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let pixel = 0; pixel < PIXELS; pixel++) sum += rgb[3 * (picture * PIXELS + pixel) + channel] as number;
    return sum / PIXELS;
  });
}

/** The first picture that differs from its counterpart by more than this on average, or -1. */
export function firstDifference(made: Pictures, source: Pictures, most: number): number {
  const bytes = 3 * PIXELS;
  return Array.from({ length: Math.min(made.count, source.count) }).findIndex((_, picture) => {
    let sum = 0;
    for (let at = picture * bytes; at < (picture + 1) * bytes; at++) {
      sum += Math.abs((made.rgb[at] as number) - (source.rgb[at] as number));
    }
    return sum / bytes > most;
  });
}

/** Seconds from the first picture at which white flashes begin. */
export function flashesIn(pictures: Pictures): number[] {
  const [first = 0] = pictures.times;
  const brightness = (picture: number): number =>
    colourOf(pictures, picture).reduce((sum, value) => sum + value / 3, 0);
  return onsets(pictures.times.map((time, picture) => [time - first, brightness(picture) > 215]));
}

/** Seconds at which beeps of 1 kHz begin. */
export async function beepsIn(input: string): Promise<number[]> {
  const mono = ["-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ar", String(RATE), "-ac", "1"];
  const pcm = await decode(input, ...mono, "-f", "s16le", "-");
  const windows: [number, boolean][] = [];
  for (let at = 0; 2 * (at + WINDOW) <= pcm.length; at += WINDOW) {
    let [real, imaginary] = [0, 0];
    for (let index = 0; index < WINDOW; index++) {
      const sample = pcm.readInt16LE(2 * (at + index));
      real += sample * Math.cos((2 * Math.PI * 1000 * index) / RATE);
      imaginary += sample * Math.sin((2 * Math.PI * 1000 * index) / RATE);
    }
    windows.push([at / RATE, (2 * Math.hypot(real, imaginary)) / WINDOW / 32_768 > 0.15]);
  }
  return onsets(windows);
}

function onsets(moments: [seconds: number, on: boolean][]): number[] {
  return moments.filter(([, on], index) => on && !moments[index - 1]?.[1]).map(([seconds]) => seconds);
}
