import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import type { ProbeStream } from "../ffprobe/output";

/** The headers of a stream, which containers keep apart from its packets, and behind them its first packet. */
export async function readHeaders(input: MediaInput, name: string, { index }: ProbeStream): Promise<Buffer> {
  const first = ["-map", `0:${index}`, "-c", "copy", "-bsf:a", "dump_extra", "-frames:a", "1", "-f", "data", "-"];
  const ffmpeg = start("ffmpeg", [...QUIET, ...INPUT_OPTIONS, "-vn", "-sn", "-dn", "-i", input.url, ...first], {
    input,
  });
  const pieces: Buffer[] = [];
  for await (const piece of ffmpeg.output as AsyncIterable<Buffer>) pieces.push(piece);
  assertNotInterrupted(name, await ffmpeg.ended);
  return Buffer.concat(pieces);
}
