import { hasMedia } from "../flv/brokenTags";
import { BEGINS, CONTINUES, pagesIn } from "../ogg/pages";
import type { ReadUpTo } from "../../storage/readRange";

/** Whether media follow behind the last packet that was found. */
type Check = (read: ReadUpTo, packetsEnd: number, bytes: number) => Promise<boolean>;

/** The containers that a demuxer reads no further where a piece of the file is missing, or takes what follows for one packet. */
const CHECKS: Record<string, Check> = {
  mov: inPieces(hasFragment),
  ogg: inPieces(hasPage),
  mpegts: hasTransport,
  flv: hasMedia,
};

/** Bytes from one unit to the next, at most: some seconds. */
const LONGEST_UNIT = 1 << 23;

/**
 * The bytes at the end of a file that no program reads, because a piece before them is missing.
 *
 * @param formatName ffprobe's.
 * @param packetsEnd Where the last packet ends that was found.
 */
export async function unreadBytes(
  formatName: string,
  read: ReadUpTo,
  packetsEnd: number,
  bytes: number,
): Promise<number> {
  const check = formatName.split(",").flatMap((name) => CHECKS[name] ?? [])[0];
  if (!check || packetsEnd === 0 || packetsEnd >= bytes) return 0;
  return (await check(read, packetsEnd, bytes)) ? bytes - packetsEnd : 0;
}

/** Looks through the rest of a file in pieces, in one of which each unit is whole. A hole may be longer than any unit. */
function inPieces(finds: (piece: Buffer) => boolean): Check {
  return async (read, packetsEnd, bytes) => {
    for (let at = packetsEnd; at < bytes; at += LONGEST_UNIT) {
      if (finds(await read(at, Math.min(2 * LONGEST_UNIT, bytes - at)))) return true;
    }
    return false;
  };
}

/** Bytes of a box's length, and of its type. */
const LENGTH = 4;

/** Each fragment of a movie begins where the one before says that it ends. */
function hasFragment(after: Buffer): boolean {
  for (let at = after.indexOf("moof"); at >= 0; at = after.indexOf("moof", at + 1)) {
    const isFragment = after.toString("latin1", at + 2 * LENGTH, at + 3 * LENGTH) === "mfhd";
    if (isFragment && at >= LENGTH && hasOwnMedia(after.subarray(at - LENGTH))) return true;
  }
  return false;
}

/** Whether a fragment is followed by all its media. A file may end with one that has nothing in it. */
function hasOwnMedia(fragment: Buffer): boolean {
  const media = fragment.readUInt32BE(0);
  if (media + 2 * LENGTH > fragment.length) return false;
  const length = fragment.readUInt32BE(media);
  const isMedia = fragment.toString("latin1", media + LENGTH, media + 2 * LENGTH) === "mdat";
  return isMedia && length > 2 * LENGTH && media + length <= fragment.length;
}

/** ffmpeg looks for the next page in 64 KiB only. */
function hasPage(after: Buffer): boolean {
  for (const { at, flags } of pagesIn(after)) {
    const segments = after[at + 26] ?? 0;
    const contents = after.subarray(at + 27, at + 27 + segments).reduce((sum, length) => sum + length, 0);
    const isWhole = contents > 0 && at + 27 + segments + contents <= after.length;
    if ((flags & (CONTINUES | BEGINS)) === 0 && isWhole) return true;
  }
  return false;
}

/** Bytes in which ffmpeg looks for the next packet of a transport stream. */
const SYNC_BYTES = 1 << 16;

/** What a packet begins with, the lengths that it may have, and how many follow one another where they aren't there by chance. */
const SYNC = 0x47;
const PACKETS = [188, 192, 204];
const LONGEST_PACKET = 204;
const IN_A_ROW = 8;

/** Bytes that are looked through at a time. */
const PIECE = 1 << 20;

/** A recording may end with packets of no stream, but after a stretch without any more of it follows. */
async function hasTransport(read: ReadUpTo, packetsEnd: number, bytes: number): Promise<boolean> {
  let behind = packetsEnd;
  for (let start = packetsEnd; start < bytes; start = Math.max(start + PIECE, behind)) {
    const piece = await read(start, Math.min(PIECE + IN_A_ROW * LONGEST_PACKET, bytes - start));
    for (let at = piece.indexOf(SYNC); at >= 0; at = piece.indexOf(SYNC, Math.max(at + 1, behind - start))) {
      const length = PACKETS.find((packet) => isRow(piece, at, packet));
      if (length === undefined) continue;
      if (start + at - behind > SYNC_BYTES) return true;
      behind = start + at;
      while (piece[behind - start] === SYNC) behind += length;
    }
  }
  return false;
}

function isRow(bytes: Buffer, from: number, length: number): boolean {
  return Array.from({ length: IN_A_ROW }, (_, index) => bytes[from + index * length]).every((byte) => byte === SYNC);
}
