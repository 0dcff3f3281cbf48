import { InputError } from "../../errors/errors";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import type { ReadUpTo } from "../../storage/readRange";

/** Bytes of the type and the length of a chunk, and of those of a list with its own type. */
const CHUNK_HEADER = 8;
const LIST_HEADER = 12;

/** Lists, whose chunks follow. */
const LISTS = ["RIFF", "LIST"];

/** Bytes: more than any index or padding between two packets. */
const LONGEST = 1 << 20;

/** The picture's packets, with times in the video's time base. */
interface Scanned {
  /** From the end of a packet to the beginning of another one, and when the pictures end that come before them. */
  skips: readonly { from: number; to: number; shown: number }[];
  keyframes: ArrayLike<number>;
  end: number;
  /** The ticks by which pictures have later times than their slots. */
  late: number;
}

/**
 * Refuses an AVI with a hole. It has no times, only the order of its packets: what follows a hole would come too early, and sound by another
 * time than the picture.
 */
export async function assertNoAviHole(
  name: string,
  { format }: Probe,
  video: ProbeStream,
  { skips, keyframes, end, late }: Scanned,
  read: ReadUpTo,
): Promise<void> {
  const { start_pts = 0, nb_frames = 0 } = video;
  // Other chunks than pictures and sound lie between them in good files too, but then all pictures are there.
  if (format.format_name !== "avi" || start_pts + Number(nb_frames) - (end - late) < 1) return;
  for (const { from, to, shown } of skips) {
    if (to - from > LONGEST || (await isChain(read, from, to))) continue;
    const [numerator, denominator] = parseTimeBase(video);
    const seconds = (Math.max(0, shown - (keyframes[0] ?? 0)) * numerator) / denominator;
    throw new InputError(
      `${name} has a hole after ${seconds.toFixed(1)} seconds, and nothing in an AVI says when what follows is shown; export or record it again.`,
    );
  }
}

/** Whether there are whole chunks from the end of a packet to the beginning of the contents of another one. */
async function isChain(read: ReadUpTo, from: number, to: number): Promise<boolean> {
  const bytes = await read(from, to - from);
  // Chunks begin at even places.
  let at = from % 2;
  while (at + CHUNK_HEADER < bytes.length) {
    const isList = LISTS.includes(bytes.toString("latin1", at, at + 4));
    const length = bytes.readUInt32LE(at + 4);
    at += isList ? LIST_HEADER : CHUNK_HEADER + length + (length % 2);
  }
  return at + CHUNK_HEADER === bytes.length;
}
