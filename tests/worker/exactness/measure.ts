import { readFile } from "node:fs/promises";

import type { Plan, PlanRendition } from "../../../contract/plan";
import { colourFilters } from "../../../worker/video/filters/colourFilters";
import { ffmpeg } from "../../support/clips";
import type { Source } from "./sources";

/** Ticks per second with which the times of pictures are compared. */
export const TICKS = 90_000;
/** Samples per second with which sound is compared. */
const RATE = 8000;
/** Samples by which a container's rounding may move a time. */
const ROUNDED = 80;

/** A decoded rendition. */
export interface Decoded {
  /** The times at which its pictures are shown. */
  pictures: number[];
  /** The sizes of its pictures and the shapes of their pixels, for example `96x64 1/1`. */
  shape: string;
  sound: Sound[];
}

/** A mono audio track. */
export interface Sound {
  /** The time of the first sample, in samples. */
  start: number;
  samples: Int16Array;
  /** Times that don't continue the sample before. */
  jumps: number;
}

export interface Measured {
  source: Decoded;
  mp4: Decoded;
  hls: Decoded;
  /** Similarity of each picture to the source: the MP4's, and that of the same encode in one piece. */
  alike: number[];
  alikeInOnePiece: number[];
}

/**
 * Decodes the source, the output made from it, and a reference that ffmpeg alone encodes in one piece.
 *
 * @param output A local output. Its path needs no quoting in a filter.
 */
export async function measure(
  path: string,
  output: string,
  plan: Plan,
  rendition: PlanRendition,
  { shown = "null", read = ["-fflags", "+genpts"] }: Pick<Source, "shown" | "read">,
): Promise<Measured> {
  const { name, crf = 23, maxBitrateKbps = 0 } = rendition;
  const tracks = (plan.audio ?? []).map(({ stream }) => stream);
  const file = (what: string): string => `${output}/${name}.${what}`;
  const passed = ["-fps_mode", "passthrough", "-enc_time_base", `1/${TICKS}`];
  const colours = colourFilters(plan.source.colour, rendition).join(",");
  await ffmpeg(
    ...["-v", "error", "-copyts", ...read, "-i", `file:${path}`],
    ...["-lavfi", `[0:v:0]${shown},${colours},setsar=1,split[whole][piece]`],
    ...["-map", "[whole]", ...passed, "-c:v", "rawvideo", `file:${file("whole.nut")}`],
    ...["-map", "[piece]", ...passed, "-c:v", "libx264", "-preset", rendition.preset, "-crf", String(crf)],
    ...["-maxrate", `${maxBitrateKbps}k`, "-bufsize", `${maxBitrateKbps * 2}k`, "-profile:v", "high", "-g", "100000"],
    ...[
      "-force_key_frames",
      `expr:gte(t,n_forced*${plan.gopSeconds})`,
      "-sc_threshold",
      "0",
      `file:${file("piece.nut")}`,
    ],
    ...["-map", "0:v:0", ...times(file("source"))],
    ...tracks.flatMap((stream, index) => heard(`0:${stream}`, file(`source.${index}`))),
  );
  const timed = async (made: string, what: string): Promise<void> => {
    const sounds = tracks.flatMap((_, index) => heard(`0:a:${index}`, file(`${what}.${index}`)));
    await ffmpeg("-v", "error", "-copyts", "-i", `file:${made}`, "-map", "0:v:0", ...times(file(what)), ...sounds);
  };
  // One run for each, because newer versions may hang if one run has inputs that begin at different times.
  await Promise.all([
    compare(file("whole.nut"), [
      [`${output}/mp4/${name}.mp4`, file("mp4.ssim")],
      [file("piece.nut"), file("piece.ssim")],
    ]),
    timed(`${output}/mp4/${name}.mp4`, "mp4"),
    timed(`${output}/hls/master.m3u8`, "hls"),
  ]);
  const decode = async (what: string): Promise<Decoded> => ({
    pictures: (await rows(file(what))).map(([, , pts]) => Number(pts)),
    shape:
      /#dimensions 0: (.*)\n#sar 0: (.*)/
        .exec(await readFile(file(what), "utf8"))
        ?.slice(1)
        .join(" ") ?? "",
    sound: await Promise.all(tracks.map((_, index) => soundIn(file(`${what}.${index}`)))),
  });
  return {
    source: await decode("source"),
    mp4: await decode("mp4"),
    hls: await decode("hls"),
    alike: await likeness(file("mp4.ssim")),
    alikeInOnePiece: await likeness(file("piece.ssim")),
  };
}

/** Writes how similar each picture of two files is to its counterpart, by number. */
async function compare(whole: string, made: [path: string, statistics: string][]): Promise<void> {
  const numbered = "settb=1/25,setpts=N";
  const graph = made.map(
    ([, statistics], index) =>
      `[${index + 1}:v:0]${numbered}[made${index}];[whole${index}][made${index}]ssim=stats_file=${statistics}[out${index}]`,
  );
  await ffmpeg(
    ...["-v", "error", ...[whole, ...made.map(([path]) => path)].flatMap((path) => ["-i", `file:${path}`])],
    ...["-lavfi", `[0:v:0]${numbered},split${made.map((_, index) => `[whole${index}]`).join("")};${graph.join(";")}`],
    ...[...made.flatMap((_, index) => ["-map", `[out${index}]`]), "-f", "null", "-"],
  );
}

function times(file: string): string[] {
  return ["-fps_mode", "passthrough", "-enc_time_base", `1/${TICKS}`, "-f", "framecrc", `file:${file}`];
}

function heard(stream: string, file: string): string[] {
  const mono = ["-map", stream, "-ac", "1", "-ar", String(RATE), "-c:a", "pcm_s16le"];
  return [...mono, "-f", "framecrc", `file:${file}`, ...mono, "-f", "s16le", `file:${file}.raw`];
}

/** Cells of `framecrc`: stream, decoding time, time, duration, bytes, checksum. */
async function rows(file: string): Promise<string[][]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => /^\d/.test(line));
  return lines.map((line) => line.split(",").map((cell) => cell.trim()));
}

async function soundIn(file: string): Promise<Sound> {
  const raw = await readFile(`${file}.raw`);
  const pieces = (await rows(file)).map(([, , pts, , bytes]) => ({ at: Number(pts), count: Number(bytes) / 2 }));
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) throw new Error(`${file} holds no sound.`);
  const samples = new Int16Array(last.at + last.count - first.at + ROUNDED);
  let [read, next, jumps] = [0, first.at, 0];
  for (const { at, count } of pieces) {
    if (at !== next) jumps += 1;
    if (Math.abs(at - next) > ROUNDED) next = at;
    for (let index = 0; index < count; index++) samples[next - first.at + index] = raw.readInt16LE(2 * read++);
    next += count;
  }
  return { start: first.at, samples: samples.subarray(0, next - first.at), jumps };
}

async function likeness(file: string): Promise<number[]> {
  return [...(await readFile(file, "utf8")).matchAll(/All:(\S+)/g)].map(([, all]) => Number(all));
}

/**
 * Seconds by which the output's sound around a moment is later than the source's, counted from the first picture of each. This is
 * the shift with which the two are most similar.
 */
export function lateness(source: Decoded, made: Decoded, track: number, second: number): number {
  const reach = Math.round(0.1 * RATE);
  const span = Math.round(0.15 * RATE);
  const middle = Math.round(second * RATE);
  const around = ({ pictures, sound }: Decoded, reach: number): Int16Array => {
    const { start, samples } = sound[track] as Sound;
    const first = Math.round(((pictures[0] as number) / TICKS) * RATE) - start + middle - span - reach;
    return Int16Array.from({ length: 2 * (span + reach) }, (_, index) => samples[first + index] ?? 0);
  };
  const [original, other] = [around(source, 0), around(made, reach)];
  let [best, found] = [-Infinity, 0];
  for (let lag = -reach; lag <= reach; lag++) {
    let [product, energy] = [0, 1];
    for (let index = 0; index < original.length; index++) {
      const value = other[index + reach + lag] as number;
      product += (original[index] as number) * value;
      energy += value * value;
    }
    const likeness = product / Math.sqrt(energy);
    if (likeness > best) [best, found] = [likeness, lag];
  }
  return found / RATE;
}

/** The part of the source's sound that is heard during its pictures, in seconds from the first picture. */
export function heardWithin({ pictures, sound }: Decoded, track: number, durationSeconds: number): [number, number] {
  const { start, samples } = sound[track] as Sound;
  const zero = ((pictures[0] as number) / TICKS) * RATE;
  return [Math.max(0, (start - zero) / RATE), Math.min(durationSeconds, (start + samples.length - zero) / RATE)];
}
