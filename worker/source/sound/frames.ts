import { createInterface } from "node:readline";

import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { PacketBytes } from "../../ffmpeg/packetBytes";
import { outputDescriptor, type RunningProgram, start } from "../../ffmpeg/run";
import type { ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

export interface SoundFrame {
  seconds: number;
  /** Its first bytes: all of them, unless it is longer than frames with elements are. */
  bytes: Buffer;
  /** How many it has. */
  size: number;
  /** Whether it comes with a new description. */
  described: boolean;
}

/** More bytes than a frame of AAC with eight channels may have. */
const FRAME_BYTES = 8192;

type Output = RunningProgram["output"];

/** Reads streams of a source once, and hands the frames of each to a function of its own. */
export async function readSoundFrames<T>(
  input: MediaInput,
  name: string,
  streams: readonly ProbeStream[],
  read: (frames: AsyncIterable<SoundFrame>, stream: ProbeStream) => Promise<T>,
): Promise<T[]> {
  // A list of packets, and their contents. Neither is held back, so that none has to wait for the other.
  const outputs = streams.flatMap(({ index }, stream) =>
    ["framecrc", "data"].flatMap((muxer, output) => {
      const copy = ["-map", `0:${index}`, "-c", "copy", "-flush_packets", "1", "-f", muxer];
      return [...copy, `pipe:${outputDescriptor(2 * stream + output)}`];
    }),
  );
  const args = [...QUIET, ...INPUT_OPTIONS, "-copyts", "-vn", "-sn", "-dn", "-i", input.url, ...outputs];
  const ffmpeg = start("ffmpeg", args, { input, outputs: 2 * streams.length });
  const results = await Promise.all(
    streams.map((stream, index) => {
      const [list, contents] = ffmpeg.outputs.slice(2 * index) as [Output, Output];
      return read(framesOf(list, contents, stream), stream);
    }),
  );
  assertNotInterrupted(name, await ffmpeg.ended);
  return results;
}

/** Bytes of the side data that says which samples aren't heard. */
const UNHEARD = "10";

/** Lines of `framecrc` have the time in their third cell and the bytes in their fifth, and then what comes with the packet. */
async function* framesOf(list: Output, contents: Output, timed: ProbeStream): AsyncGenerator<SoundFrame> {
  const [numerator, denominator] = parseTimeBase(timed);
  const packets = new PacketBytes(contents as AsyncIterable<Buffer>);
  for await (const line of createInterface({ input: list })) {
    const [stream = "", , pts, , size, , ...others] = line.split(",").map((cell) => cell.trim());
    if (!/^\d+$/.test(stream)) continue;
    const bytes = await packets.take(Number(size), FRAME_BYTES);
    // Contents end earlier if ffmpeg was ended, which is known when all that it printed has been read.
    if (!bytes) continue;
    // Before ffmpeg 8 side data has no name here, and sound has no other kinds than these two.
    const described = others.some((cell) => /^\d+$/.test(cell) && cell !== UNHEARD);
    yield { seconds: (Number(pts) * numerator) / denominator, bytes, size: Number(size), described };
  }
  await packets.drain();
}
