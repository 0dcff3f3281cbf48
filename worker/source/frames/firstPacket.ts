import type { ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";
import type { Source } from "../loopback/source";

/** Bytes: more than the headers that come before a picture. */
const HEAD = 4096;

/** Reads the beginning of a stream's first packet, which may come after a lot of sound. Empty if the demuxer doesn't say where that is. */
export async function readFirstPacket(input: Source, stream: ProbeStream, name: string): Promise<Buffer> {
  const position = await findFirstPacket(input, stream, name);
  return position === undefined ? Buffer.alloc(0) : input.read(position, HEAD);
}

/** Where a stream's first packet begins in the file. Undefined if it has none, or the demuxer doesn't say. */
export async function findFirstPacket(
  input: Source,
  { index }: ProbeStream,
  name: string,
): Promise<number | undefined> {
  const first = ["-select_streams", String(index), "-read_intervals", "%+#1"];
  let printed: string | undefined;
  for await (const line of probeLines(input, [...first, "-show_entries", "packet=pos"], name)) printed ??= line;
  const position = /^\d+/.exec(printed ?? "")?.[0];
  return position === undefined ? undefined : Number(position);
}
