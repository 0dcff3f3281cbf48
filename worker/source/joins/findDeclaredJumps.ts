import type { ReadUpTo } from "../../storage/readRange";
import type { Stretch } from "../frames/stretches";
import { readTables } from "../transport/tables";
import { isDiscontinuous, type Layout, layoutOf, PACKET_BYTES, pidOf, packetAt } from "../transport/transportStream";
import { type Seam, seamsOf, type Track } from "./findJoins";

/** Bytes by which a clock may jump earlier or later in the file than the pictures do. */
const NEAR = 1 << 18;

/** Bytes at the beginning of a file within which its tables come. */
const TABLES = 1 << 20;

/**
 * Finds the jumps of pictures at which a transport stream says that its clock begins anew: they are no pauses.
 *
 * @returns The stretches after them.
 */
export async function findDeclaredJumps(read: ReadUpTo, pictures: Track): Promise<ReadonlySet<Stretch>> {
  const seams = seamsOf(pictures);
  const layout = seams.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  if (!layout) return new Set();
  const { clockPids } = readTables(await read(0, TABLES), layout);
  const first = packetAt(pictures[0]?.position ?? 0, layout);
  const declared = new Set<Stretch>();
  for (const seam of seams) {
    for (const position of await findNewClocks(read, seam, layout, clockPids)) {
      const distance = ({ after }: Seam): number => Math.abs(after.position - position);
      const [nearest] = seams.toSorted((a, b) => distance(a) - distance(b));
      // A file may begin with what says that its clock does.
      if (nearest && position > first) declared.add(nearest.after);
    }
  }
  return declared;
}

/** The positions of the packets around a jump that say so. */
async function findNewClocks(
  read: ReadUpTo,
  { before, after }: Seam,
  layout: Layout,
  clockPids: ReadonlySet<number>,
): Promise<number[]> {
  const from = packetAt(Math.max(0, before.lastPosition - NEAR, after.position - 2 * NEAR), layout);
  const bytes = await read(from, packetAt(after.position + NEAR, layout) - from);
  const positions: number[] = [];
  for (let at = 0; at + layout.offset + PACKET_BYTES <= bytes.length; at += layout.stride) {
    const packet = bytes.subarray(at + layout.offset, at + layout.offset + PACKET_BYTES);
    if (clockPids.has(pidOf(packet)) && isDiscontinuous(packet)) positions.push(from + at);
  }
  return positions;
}
