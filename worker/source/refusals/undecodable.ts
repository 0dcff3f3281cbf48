import { InputError } from "../../errors/errors";
import { assertNotInterrupted, firstError, type ProgramExit } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { pathOf } from "../../ffmpeg/program";
import { remedy } from "../../ffmpeg/remedy";
import { outputDescriptor, start } from "../../ffmpeg/run";
import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** A stream counts as undecodable when nothing in this many seconds of it can be decoded. */
const ATTEMPT_SECONDS = 60;

export interface DecodableOptions {
  input: MediaInput;
  probed: Probe;
  /** The indexes of the streams that will be encoded. */
  wanted: readonly number[];
  /** The first timestamp of each stream that has a packet, by the stream's index. */
  firstTimestamps: ReadonlyMap<number, number>;
  /** The file's name in messages. */
  name: string;
}

/** A stream that this ffmpeg can't decode. */
export interface Undecodable {
  stream: ProbeStream;
  /** What it gets out of the stream, as a clause: `/usr/bin/ffmpeg gets no sound from ac4 stream 2`. */
  finding: string;
}

/**
 * Finds the streams of which this ffmpeg can decode nothing. It decodes the first picture or sound of each: ffmpeg's list of decoders has
 * some that need special hardware, and ffprobe may be of another build.
 */
export async function findUndecodable({
  input,
  probed: { format, streams },
  wanted,
  firstTimestamps,
  name,
}: DecodableOptions): Promise<Undecodable[]> {
  const all = streams.filter(({ index }) => wanted.includes(index) && firstTimestamps.has(index));
  const attempt = (some: readonly ProbeStream[], ...options: string[]): Promise<Attempt> =>
    decodeFirst(input, some, ["-t", secondsToRead(format, some, firstTimestamps).toFixed(3), ...options]);
  const undecodable: Undecodable[] = [];
  if (all.length === 0) return undecodable;
  const together = await attempt(all);
  assertFinished(name, together);
  // Retries each alone, because a missing decoder keeps ffmpeg from decoding the other streams too.
  for (const stream of all.filter((_, index) => !together.decoded[index])) {
    const alone = await attempt([stream]);
    assertFinished(name, alone);
    // Packets of sound may be empty, which is not the decoder's fault.
    if (alone.decoded[0] || (stream.codec_type === "audio" && alone.exit.stderr === "")) continue;
    // Stops at the first error, which would otherwise be buried by those of all later packets, and sometimes says nothing.
    const { exit } = await attempt([stream], "-xerror");
    undecodable.push({ stream, finding: describe(stream, exit.stderr || alone.exit.stderr) });
  }
  return undecodable;
}

interface Attempt {
  /** For each stream, whether anything was decoded. */
  decoded: boolean[];
  exit: ProgramExit;
}

/** Throws if something else than the stream kept ffmpeg from decoding it. */
function assertFinished(name: string, { decoded, exit }: Attempt): void {
  if (decoded.includes(false)) assertNotInterrupted(name, exit);
}

async function decodeFirst(
  input: MediaInput,
  streams: readonly ProbeStream[],
  options: readonly string[],
): Promise<Attempt> {
  const ffmpeg = start(
    "ffmpeg",
    [
      ...[...QUIET, ...INPUT_OPTIONS, "-threads", "1", "-noautorotate", ...options, "-i", input.url],
      ...streams.flatMap(({ index, codec_type }, output) => [
        ...["-map", `0:${index}`, ...(codec_type === "video" ? ["-fps_mode", "passthrough"] : [])],
        ...["-frames", "1", "-f", "framecrc", `pipe:${outputDescriptor(output)}`],
      ]),
    ],
    { input, outputs: streams.length },
  );
  const decoded = await Promise.all(
    ffmpeg.outputs.map(async (output) => {
      let text = "";
      for await (const piece of output.setEncoding("utf8")) text += piece as string;
      return /^0,/m.test(text);
    }),
  );
  return { decoded, exit: await ffmpeg.ended };
}

/** How many seconds ffmpeg reads, from the beginning of the file. */
function secondsToRead(
  { start_time = "0" }: ProbeFormat,
  streams: readonly ProbeStream[],
  firstTimestamps: ReadonlyMap<number, number>,
): number {
  const after = streams.map((stream) => {
    const [numerator, denominator] = parseTimeBase(stream);
    return ((firstTimestamps.get(stream.index) ?? 0) * numerator) / denominator - Number(start_time);
  });
  return Math.max(0, ...after) + ATTEMPT_SECONDS;
}

function describe({ index, codec_type, codec_name = "" }: ProbeStream, stderr: string): string {
  const cause = firstError(stderr);
  const reason = cause === "" ? "" : ` (${cause})`;
  const what = codec_type === "video" ? "picture" : "sound";
  return `${pathOf("ffmpeg")} gets no ${what} from ${codec_name} stream ${index}${reason}`;
}

export function undecodableError(name: string, { finding }: Undecodable): InputError {
  return new InputError(`${name} can't be decoded: ${finding}; if the file plays elsewhere, ${remedy("undecodable")}`);
}

/** For a video that ffmpeg decodes, but ffprobe, which has to, doesn't. */
export function undecodedByProbeError(name: string, { index, codec_name = "" }: ProbeStream): InputError {
  return new InputError(
    `${name} can't be read: ${pathOf("ffprobe")} gets no picture from ${codec_name} stream ${index}, but ${pathOf("ffmpeg")} does: ${remedy("undecodable", "ffprobe")}`,
  );
}
