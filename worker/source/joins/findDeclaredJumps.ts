import type { ReadUpTo } from "../../storage/readRange";
import type { Stretch } from "../frames/stretches";
import { Counters } from "../transport/counters";
import { readTables } from "../transport/tables";
import {
  beginsUnit,
  isDiscontinuous,
  type Layout,
  layoutOf,
  PACKET_BYTES,
  packetAt,
  PAT_PID,
  pidOf,
} from "../transport/transportStream";
import { type Seam, seamsOf, type Track } from "./findJoins";
import { packetsAround } from "./packetsAround";

/** Bytes by which a clock may jump earlier or later in the file than the pictures do. */
const NEAR = 1 << 18;

/** Bytes at the beginning of a file within which its tables come. */
const TABLES = 1 << 20;

/**
 * Finds the jumps of pictures at which a transport stream says that its clock begins anew, or at which another one begins: they are no
 * pauses.
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
    if (await beginsAnew(read, layout, seam)) declared.add(seam.after);
    for (const position of await findNewClocks(read, seam, layout, clockPids)) {
      const distance = ({ after }: Seam): number => Math.abs(after.position - position);
      const [nearest] = seams.toSorted((a, b) => distance(a) - distance(b));
      // A file may begin with what says that its clock does.
      if (nearest && position > first) declared.add(nearest.after);
    }
  }
  return declared;
}

/**
 * Whether a stream begins, with its tables and then a keyframe, and counts packets from anew. What comes behind a hole begins in the middle
 * of a picture.
 */
async function beginsAnew(read: ReadUpTo, layout: Layout, seam: Seam): Promise<boolean> {
  if (seam.after.keyframe?.position !== seam.after.position) return false;
  // By chance a counter goes on, but hardly those of the tables too.
  const counters = new Counters();
  let [listsProgrammes, jumpedBefore] = [false, 0];
  for (const { packet, isBehind } of await packetsAround(read, layout, seam)) {
    const jumped = counters.jumped.size;
    counters.add(packet);
    if (!isBehind) jumpedBefore = counters.jumped.size;
    else if (counters.jumped.size > jumped && !beginsUnit(packet)) return false;
    else if (pidOf(packet) === PAT_PID) listsProgrammes = true;
  }
  return listsProgrammes && counters.jumped.size > jumpedBefore;
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
