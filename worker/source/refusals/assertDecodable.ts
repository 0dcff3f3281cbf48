import { InputError, JobError } from "../../errors";
import { blamesSurroundings, firstComplaint } from "../../ffmpeg/failure";
import { inputOptions, QUIET } from "../../ffmpeg/input";
import { pathOf } from "../../ffmpeg/program";
import { remedy } from "../../ffmpeg/remedy";
import { outputDescriptor, start } from "../../ffmpeg/run";
import type { MediaInput } from "../../storage/storage";
import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import type { Scan } from "../frames/scanFrames";
import { timeBaseOf } from "../ffprobe/timeBase";

/** Seconds of a stream of which nothing can be decoded before it counts as one that can't be. */
const TRIED_SECONDS = 60;

/**
 * Refuses a source of whose pictures, or of one of whose tracks of sound, this ffmpeg decodes nothing. It tries with the first
 * of each: a list of decoders has those too that work with some hardware only, and ffprobe may be of another build.
 */
export async function assertDecodable(
  input: MediaInput,
  { format, streams }: Probe,
  wanted: readonly number[],
  { begins }: Pick<Scan, "begins">,
  name: string,
): Promise<void> {
  const all = streams.filter(({ index }) => wanted.includes(index) && begins.has(index));
  const attempt = (some: readonly ProbeStream[], ...options: string[]): Promise<Attempt> =>
    decodeFirst(input, some, name, ["-t", limit(format, some, begins).toFixed(3), ...options]);
  const together = await attempt(all);
  // Alone, because a decoder that is not there at all keeps ffmpeg from decoding anything else.
  for (const stream of all.filter((_, index) => !together.decoded[index])) {
    const alone = await attempt([stream]);
    // Packets of sound may have nothing in them, which is no fault of the decoder's.
    if (alone.decoded[0] || (stream.codec_type === "audio" && alone.stderr === "")) continue;
    // What is said of the first packet, before it is said of all others.
    const { stderr } = await attempt([stream], "-xerror");
    throw undecodable(name, stream, stderr || alone.stderr);
  }
}

interface Attempt {
  /** Whether something of each stream was decoded. */
  decoded: boolean[];
  stderr: string;
}

async function decodeFirst(
  input: MediaInput,
  streams: readonly ProbeStream[],
  name: string,
  options: readonly string[],
): Promise<Attempt> {
  const ffmpeg = start(
    "ffmpeg",
    [
      ...[...QUIET, ...inputOptions(input), "-threads", "1", "-noautorotate", ...options, "-i", input.url],
      ...streams.flatMap(({ index, codec_type }, output) => [
        ...["-map", `0:${index}`, ...(codec_type === "video" ? ["-fps_mode", "passthrough"] : [])],
        ...["-frames", "1", "-f", "framecrc", `pipe:${outputDescriptor(output)}`],
      ]),
    ],
    { outputs: streams.length },
  );
  const decoded = await Promise.all(
    ffmpeg.outputs.map(async (output) => {
      let text = "";
      for await (const piece of output.setEncoding("utf8")) text += piece as string;
      return /^0,/m.test(text);
    }),
  );
  const { signal, stderr } = await ffmpeg.ended;
  if (signal) throw new JobError(`ffmpeg was ended by ${signal}.`);
  if (decoded.includes(false) && blamesSurroundings(stderr)) {
    throw new JobError(`Reading ${name} failed: ${stderr.trim().split("\n").at(-1)}`);
  }
  return { decoded, stderr };
}

/** How many seconds ffmpeg reads, from the beginning of the file on. */
function limit({ start_time = "0" }: ProbeFormat, streams: readonly ProbeStream[], begins: Scan["begins"]): number {
  const after = streams.map((stream) => {
    const [numerator, denominator] = timeBaseOf(stream);
    return ((begins.get(stream.index) ?? 0) * numerator) / denominator - Number(start_time);
  });
  return Math.max(0, ...after) + TRIED_SECONDS;
}

function undecodable(name: string, { index, codec_type, codec_name = "" }: ProbeStream, stderr: string): InputError {
  const said = firstComplaint(stderr);
  const reason = said === "" ? "" : ` (${said})`;
  const what = codec_type === "video" ? "picture" : "sound";
  return new InputError(
    `${name} can't be decoded: ${pathOf("ffmpeg")} gets no ${what} out of ${codec_name} stream ${index}${reason}; if the file plays elsewhere, ${remedy("blind")}`,
  );
}
