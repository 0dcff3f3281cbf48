import type { ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";
import type { Source } from "../loopback/source";

/** Bytes: more than the headers that come before a picture. */
const HEAD = 4096;

/** Reads the beginning of a stream's first packet, which may come after a lot of sound. Empty if the demuxer doesn't say where that is. */
export async function readFirstPacket(input: Source, { index }: ProbeStream, name: string): Promise<Buffer> {
  const first = ["-select_streams", String(index), "-read_intervals", "%+#1"];
  let printed: string | undefined;
  for await (const line of probeLines(input, [...first, "-show_entries", "packet=pos"], name)) printed ??= line;
  const position = /^\d+/.exec(printed ?? "")?.[0];
  return position === undefined ? Buffer.alloc(0) : input.read(Number(position), HEAD);
}
