import type { ReadUpTo } from "../../storage/readRange";
import { findBrokenTags } from "../flv/brokenTags";
import type { Skip } from "../frames/holes";
import type { Stretch } from "../frames/stretches";
import { beginsScrambled, type Layout, layoutOf, PACKET_BYTES, pidOf, SYNC } from "../transport/transportStream";
import { seamsOf, type Seam, type Track } from "./findJoins";
import { describeSeam, readBetween } from "./readSeam";

/** Seconds. After a longer jump, another recording is likelier than a hole, and nobody wants to see one picture for that long. */
const LONGEST_HOLE = 10;

/**
 * Finds the jumps of pictures at which the file lacks a piece: it says nothing of another recording, and what follows keeps its time.
 *
 * @param skips Bytes in which a demuxer found nothing.
 * @returns The stretches after them.
 */
export async function findHoles(
  read: ReadUpTo,
  pictures: Track,
  skips: readonly Skip[],
  format: string,
): Promise<ReadonlySet<Stretch>> {
  const ahead = seamsOf(pictures).filter(
    ({ before, after }) => after.jump > 0 && after.jump <= LONGEST_HOLE && before.stream === after.stream,
  );
  const layout = format === "mpegts" && ahead.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  const isHole = (seam: Seam): boolean | Promise<boolean> => {
    if (layout) return lacksPackets(read, layout, seam);
    // Its tags may hold what is no packet: the headers of streams, which come again where a recorder begins again.
    return format === "flv" ? lacksTags(read, seam) : isSkipped(seam, skips);
  };
  const holes = new Set<Stretch>();
  for (const seam of ahead) {
    if (await isHole(seam)) holes.add(seam.after);
  }
  return holes;
}

function isSkipped({ before, after }: Seam, skips: readonly Skip[]): boolean {
  return skips.some(({ from, to }) => to > before.lastPosition && from <= after.position);
}

async function lacksTags(read: ReadUpTo, { before, after }: Seam): Promise<boolean> {
  const broken = await findBrokenTags(read, { from: before.lastPosition, to: after.position });
  return broken.length > 0;
}

/** Whether packets are broken or scrambled, or some are missing in the middle of a group of pictures, where no recording begins. */
async function lacksPackets(read: ReadUpTo, layout: Layout, seam: Seam): Promise<boolean> {
  const bytes = await readBetween(read, layout, seam);
  const described = describeSeam(bytes, layout);
  for (let at = layout.offset; at < bytes.length - layout.stride; at += layout.stride) {
    if (bytes[at] !== SYNC) return true;
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    if (beginsScrambled(packet) && pidOf(packet) === described?.pid) return true;
  }
  if (seam.after.keyframe?.position === seam.after.position) return false;
  return described?.continuous === false;
}
