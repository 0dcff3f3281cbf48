import type { Skip } from "../frames/holes";
import type { Stretch } from "../frames/stretches";
import { type Layout, layoutOf, SYNC, packetAt } from "../transport/transportStream";
import { seamsOf, type Seam, type Track } from "./findJoins";
import { type ReadBytes, readSeam } from "./readSeam";

/** Seconds. After a longer jump, another recording is likelier than a hole, and nobody wants to see one picture for that long. */
const LONGEST_HOLE = 10;

/** Bytes that are read to see whether some are broken. */
const LONGEST = 1 << 24;

/**
 * Finds the jumps of pictures at which the file lacks a piece: it says nothing of another recording, and what follows keeps its time.
 *
 * @param skips Bytes in which a demuxer found nothing.
 * @returns The stretches after them.
 */
export async function findHoles(
  read: ReadBytes,
  pictures: Track,
  skips: readonly Skip[],
  isTransport: boolean,
): Promise<ReadonlySet<Stretch>> {
  const ahead = seamsOf(pictures).filter(
    ({ before, after }) => after.jump > 0 && after.jump <= LONGEST_HOLE && before.stream === after.stream,
  );
  const layout = isTransport && ahead.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  const holes = new Set<Stretch>();
  for (const seam of ahead) {
    const isHole = layout ? await lacksPackets(read, layout, seam) : isSkipped(seam, skips);
    if (isHole) holes.add(seam.after);
  }
  return holes;
}

function isSkipped({ before, after }: Seam, skips: readonly Skip[]): boolean {
  return skips.some(({ from, to }) => to > before.lastPosition && from <= after.position);
}

/** Whether packets are broken, or some are missing in the middle of a group of pictures, where no recording begins. */
async function lacksPackets(read: ReadBytes, layout: Layout, seam: Seam): Promise<boolean> {
  const { before, after } = seam;
  const from = packetAt(before.lastPosition, layout);
  const bytes = await read(from, Math.min(LONGEST, after.position - from));
  for (let at = layout.offset; at < bytes.length; at += layout.stride) if (bytes[at] !== SYNC) return true;
  if (after.keyframe?.position === after.position) return false;
  return (await readSeam(read, layout, seam))?.continuous === false;
}
