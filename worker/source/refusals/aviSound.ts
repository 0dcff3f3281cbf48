import { createInterface } from "node:readline";

import { InputError } from "../../errors/errors";
import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { outputDescriptor, type RunningProgram, start } from "../../ffmpeg/run";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** Samples a second as which sound is decoded to measure it: frames of all rates have whole ones, but for some tenths. */
const RATE = 48_000;
const SAMPLE_BYTES = 2;

/** Codecs whose frames have a rate of their own. */
const FRAMED = ["mp1", "mp2", "mp3", "ac3", "eac3", "aac", "dts"];

/** Seconds of a stream's tick from which on it counts packets. Others count bytes, which frames of any length fill. */
const PACKET_TICK = 0.005;

/** Seconds that tell one frame's length from another's, and how many frames have to have it: a single one may be damaged. */
const DISTINCT = 0.0005;
const SUFFICIENT = 3;

/** The share of its length, and the seconds, by which times may fall short of what is heard: headers round bit rates. */
const ROUNDED_SHARE = 0.02;
const ROUNDED_SECONDS = 0.5;

/** The sound of a stream as it is decoded. Times are in seconds. */
export interface MeasuredSound {
  /** What is heard, without pauses. */
  seconds: number;
  /** What is heard before frames begin that have another length. */
  changesAfter?: number;
}

/** Decodes the sound of an AVI to see how long it is. Empty for other containers, which have times. */
export async function measureAviSound(
  input: MediaInput,
  { format, streams }: Probe,
  name: string,
): Promise<ReadonlyMap<ProbeStream, MeasuredSound>> {
  const framed = streams.filter(({ codec_name = "" }) => FRAMED.includes(codec_name));
  if (format.format_name !== "avi" || framed.length === 0) return new Map();
  const mono = ["-c:a", "pcm_s16le", "-ac", "1", "-ar", String(RATE), "-f", "framecrc"];
  const outputs = framed.flatMap(({ index }, output) => {
    return ["-map", `0:${index}`, ...mono, `pipe:${outputDescriptor(output)}`];
  });
  const args = [...QUIET, ...INPUT_OPTIONS, "-vn", "-sn", "-dn", "-i", input.url, ...outputs];
  const ffmpeg = start("ffmpeg", args, { input, outputs: framed.length });
  const measured = await Promise.all(
    framed.map(async (stream, index): Promise<[ProbeStream, MeasuredSound]> => [
      stream,
      await measure(ffmpeg.outputs[index] as RunningProgram["output"]),
    ]),
  );
  assertNotInterrupted(name, await ffmpeg.ended);
  // What can't be decoded is found elsewhere.
  return new Map(measured.filter(([, { seconds }]) => seconds > 0));
}

/** Lines of `framecrc` have the bytes of a frame in their fifth cell. */
async function measure(output: RunningProgram["output"]): Promise<MeasuredSound> {
  let seconds = 0;
  let usual: number | undefined;
  let changesAfter: number | undefined;
  let alike = { from: 0, length: NaN, frames: 0 };
  for await (const line of createInterface({ input: output })) {
    if (!/^\d/.test(line)) continue;
    const length = Number(line.split(",")[4]) / SAMPLE_BYTES / RATE;
    if (!isAlike(length, alike.length)) alike = { from: seconds, length, frames: 0 };
    alike.frames += 1;
    if (alike.frames === SUFFICIENT) {
      usual ??= length;
      if (!isAlike(length, usual)) changesAfter ??= alike.from;
    }
    seconds += length;
  }
  return { seconds, ...(changesAfter === undefined ? {} : { changesAfter }) };
}

function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) <= DISTINCT;
}

/**
 * Refuses an AVI whose times contradict its sound. They count packets, or bytes, and its header says how long one of them lasts. Where the
 * sample rate changes, or the header is wrong, nothing says when sound is heard.
 */
export function assertTimedAviSound(
  name: string,
  measured: ReadonlyMap<ProbeStream, MeasuredSound>,
  spanOf: (stream: number) => number | undefined,
): void {
  for (const [stream, { seconds, changesAfter }] of measured) {
    const [numerator, denominator] = parseTimeBase(stream);
    if (changesAfter !== undefined && numerator / denominator >= PACKET_TICK) {
      throw new InputError(
        `${name} has sound whose sample rate changes after ${changesAfter.toFixed(1)} seconds, and nothing in an AVI says when what follows is heard; export or record it again.`,
      );
    }
    const stated = spanOf(stream.index) ?? Infinity;
    if (seconds - stated > ROUNDED_SECONDS + ROUNDED_SHARE * seconds) {
      throw new InputError(
        `${name} has ${seconds.toFixed(1)} seconds of sound that its header squeezes into ${stated.toFixed(1)}. Take it out with \`ffmpeg -i IN.avi -map 0:${stream.index} -c copy -f data sound\`, and join both again with \`ffmpeg -i IN.avi -i sound -map 0:v -map 1 -c copy OUT.mkv\`.`,
      );
    }
  }
}
