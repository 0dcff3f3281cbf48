import { createInterface } from "node:readline";

import type { SourceAudio } from "../../../contract/plan";
import { InputError, JobError } from "../../errors/errors";
import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { outputDescriptor, type RunningProgram, start } from "../../ffmpeg/run";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { PacketBytes } from "../../ffmpeg/packetBytes";

/** Containers that describe AAC for many frames at once. In others each frame does. */
const DESCRIBED_ONCE = ["mov", "matroska", "flv"];

/** Profiles whose frames consist of elements that say what they are. */
const WITH_ELEMENTS = ["LC", "HE-AAC", "HE-AACv2", "Main", "LTP", "SSR"];

/** How many frames have to begin with another element: a single one may be damaged. */
const SUFFICIENT = 3;

/** The elements of a frame (ISO 14496-3, 4.4.2.1): one channel, two of them, the low frequencies, and what is no sound. */
const [SINGLE, PAIR, LOW, DATA, FILL] = [0, 1, 3, 4, 6] as const;

/**
 * Refuses a file with sound in AAC whose channels change, although their description doesn't. ffmpeg makes such files when it joins others with
 * `-c copy`, and repeats a piece of old sound in the channels that are missing then. This reads the sound once more.
 */
export async function assertSameChannels(
  input: MediaInput,
  { format, streams }: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  const aac = streams.filter(
    ({ codec_name, profile, index }) =>
      codec_name === "aac" && WITH_ELEMENTS.includes(profile ?? "") && tracks.some(({ stream }) => stream === index),
  );
  if (!isContainer(format, DESCRIBED_ONCE) || aac.length === 0) return;
  // A list of packets, and their contents. Neither is held back, so that none has to wait for the other.
  const outputs = aac.flatMap(({ index }, stream) =>
    ["framecrc", "data"].flatMap((muxer, output) => {
      const copy = ["-map", `0:${index}`, "-c", "copy", "-flush_packets", "1", "-f", muxer];
      return [...copy, `pipe:${outputDescriptor(2 * stream + output)}`];
    }),
  );
  const args = [...QUIET, ...INPUT_OPTIONS, "-copyts", "-vn", "-sn", "-dn", "-i", input.url, ...outputs];
  const ffmpeg = start("ffmpeg", args, { input, outputs: 2 * aac.length });
  const found = await Promise.all(
    aac.map(async (stream, index) => {
      const [list, contents] = ffmpeg.outputs.slice(2 * index) as [Output, Output];
      const [numerator, denominator] = parseTimeBase(stream);
      const at = await findChange(framesOf(list, contents), stream.channels === 1);
      return at === undefined ? [] : [(at * numerator) / denominator];
    }),
  );
  const { signal, stderr } = await ffmpeg.ended;
  if (signal) throw new JobError(`ffmpeg was ended by ${signal}.`);
  assertNotInterrupted(name, stderr);
  const [at] = found.flat();
  if (at === undefined) return;
  const begins = Number(format.start_time ?? 0);
  throw new InputError(
    `${name} has AAC sound whose channels change after ${(at - begins).toFixed(1)} seconds, although it is described as the sound before; convert the sound of its parts to the same channels and join them again.`,
  );
}

type Output = RunningProgram["output"];

interface Frame {
  pts: number;
  head: Buffer;
  /** Whether it comes with a new description. */
  described: boolean;
}

/**
 * The timestamp from which on frames begin with another element than those before, under the same description. Two channels after one are
 * decoded, if they stay.
 */
async function findChange(frames: AsyncIterable<Frame>, isMono: boolean): Promise<number | undefined> {
  let usual: number | undefined;
  let alike = { from: NaN, element: NaN, frames: 0 };
  let changesAt: number | undefined;
  for await (const { pts, head, described } of frames) {
    if (described) [usual, alike] = [undefined, { ...alike, frames: 0 }];
    const element = firstElement(head);
    if (element === undefined) continue;
    if (element !== alike.element || alike.frames === 0) alike = { from: pts, element, frames: 0 };
    alike.frames += 1;
    if (alike.frames < SUFFICIENT) continue;
    usual ??= element;
    if (element !== usual && !(isMono && element === PAIR)) changesAt ??= alike.from;
    usual = element;
  }
  return changesAt;
}

/** Bytes of a frame in which its first element with sound begins. */
const HEAD = 1024;

/** Bytes of the side data that says which samples aren't heard. */
const UNHEARD = "10";

/** Lines of `framecrc` have the time in their third cell and the bytes in their fifth, and then what comes with the packet. */
async function* framesOf(list: Output, contents: Output): AsyncGenerator<Frame> {
  const bytes = new PacketBytes(contents as AsyncIterable<Buffer>);
  for await (const line of createInterface({ input: list })) {
    const [stream = "", , pts, , size, , ...others] = line.split(",").map((cell) => cell.trim());
    if (!/^\d+$/.test(stream)) continue;
    const head = await bytes.take(Number(size), HEAD);
    if (!head) break;
    // Before ffmpeg 8 side data has no name here, and sound has no other kinds than these two.
    yield { pts: Number(pts), head, described: others.some((cell) => /^\d+$/.test(cell) && cell !== UNHEARD) };
  }
  contents.resume();
}

/** The first element with sound. Undefined where something else comes first that can't be passed over. */
function firstElement(frame: Buffer): number | undefined {
  let at = 0;
  const bits = (count: number): number => {
    let value = 0;
    for (const end = at + count; at < end; at++) value = value * 2 + (((frame[at >> 3] ?? 0xff) >> (7 - (at & 7))) & 1);
    return value;
  };
  while (at < frame.length * 8) {
    const element = bits(3);
    if (element === SINGLE || element === PAIR || element === LOW) return element;
    if (element === FILL) {
      const count = bits(4);
      const total = count === 15 ? count + bits(8) - 1 : count;
      at += 8 * total;
    } else if (element === DATA) {
      at += 4;
      const aligned = bits(1) === 1;
      const count = bits(8);
      const total = count === 255 ? count + bits(8) : count;
      at = (aligned ? Math.ceil(at / 8) * 8 : at) + 8 * total;
    } else return undefined;
  }
  return undefined;
}
