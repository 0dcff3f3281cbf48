import type { ReadUpTo } from "../../storage/readRange";
import { isSmallJump, mergeStretches, type Stretch } from "../frames/stretches";
import { Counters } from "../transport/counters";
import { beginsUnit, counterOf, type Layout, layoutOf, PAT_PID, pidOf, SYNC } from "../transport/transportStream";
import { UnitLengths } from "../transport/unitLengths";
import { findMatch, goesAcross, type Seam, seamsOf, type Track } from "./findJoins";
import { packetsAround } from "./packetsAround";

/** Seconds by which sound may jump earlier or later than the picture. */
const NEAR = 1;

/**
 * Merges the stretches of tracks at small jumps, which may be short pauses or lost packets. Left are those with which a transport stream
 * shows that its clock was set, or that another recording begins: pictures and sound jump by the same amount, and no packet is missing.
 *
 * @param tracks Those of pictures first.
 */
export async function mergeAtSmallJumps(read: ReadUpTo, tracks: readonly Track[], format: string): Promise<Track[]> {
  const [pictures = [], ...sounds] = tracks;
  const kept = new Set<Stretch>();
  const candidates = format === "mpegts" ? seamsOf(pictures).filter(({ after }) => after.jump > 0) : [];
  const layout = candidates.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  for (const seam of layout ? candidates : []) {
    const across = sounds.filter((track) => goesAcross(track, seam));
    const matches = across.flatMap((track) => findMatch(track, seam, kept, false) ?? []);
    const isShared = across.length > 0 && across.length === matches.length && matches.every(isNear(seam));
    if (!isShared || ![seam, ...matches].some(({ after }) => isSmallJump(after))) continue;
    if (await isWhole(read, layout as Layout, seam)) [seam, ...matches].forEach(({ after }) => kept.add(after));
  }
  return tracks.map((track) => mergeTrack(track, kept));
}

const isNear =
  ({ before }: Seam) =>
  (other: Seam): boolean =>
    Math.abs(other.before.decodedUntil - before.decodedUntil) <= NEAR;

function mergeTrack(track: Track, kept: ReadonlySet<Stretch>): Track {
  const merged: Stretch[] = [];
  track.forEach((stretch, index) => {
    const last = merged.at(-1);
    const goesOn = last?.stream === stretch.stream && isSmallJump(stretch) && !kept.has(stretch);
    if (index > 0 && last && goesOn) merged[merged.length - 1] = mergeStretches(last, stretch);
    else merged.push(stretch);
  });
  return merged;
}

/**
 * Whether pictures go on with a keyframe, and nothing is missing before it: either all packets are counted on, or another recording begins
 * with its tables and counts from 0, and the one before doesn't end within an elementary packet.
 */
async function isWhole(read: ReadUpTo, layout: Layout, seam: Seam): Promise<boolean> {
  if (seam.after.keyframe?.position !== seam.after.position) return false;
  const [counters, lengths] = [new Counters(), new UnitLengths()];
  let listsProgrammes = false;
  for (const { packet, isBehind } of await packetsAround(read, layout, seam)) {
    if (packet[0] !== SYNC) return false;
    const jumped = counters.jumped.size;
    counters.add(packet);
    const isCut = lengths.add(packet);
    if (!isBehind) counters.jumped.clear();
    else if (isCut || (counters.jumped.size > jumped && !beginsAnew(packet))) return false;
    else if (pidOf(packet) === PAT_PID) listsProgrammes = true;
  }
  return counters.jumped.size === 0 || listsProgrammes;
}

/** By chance, lost packets leave this one too, but hardly in every stream and table. */
function beginsAnew(packet: Buffer): boolean {
  return beginsUnit(packet) && counterOf(packet) === 0;
}
