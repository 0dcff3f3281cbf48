import type { ReadRange } from "./truncation";

/** Bytes from one fragment to the next, at most: some seconds. */
const LONGEST_FRAGMENT = 1 << 24;

/** Bytes of a box's length, and of its type. */
const LENGTH = 4;

/**
 * The bytes of a movie's fragments that no program reads, because it can't find them: each begins where the one before says that it ends, and
 * some of that one is missing.
 *
 * @param packetsEnd Where the last packet ends that was found.
 */
export async function lostFragmentBytes(
  formatName: string,
  read: ReadRange,
  packetsEnd: number,
  bytes: number,
): Promise<number> {
  if (!formatName.split(",").includes("mov") || packetsEnd === 0) return 0;
  const after = await read(packetsEnd, Math.min(LONGEST_FRAGMENT, bytes - packetsEnd));
  for (let at = after.indexOf("moof"); at >= 0; at = after.indexOf("moof", at + 1)) {
    const isFragment = after.toString("latin1", at + 2 * LENGTH, at + 3 * LENGTH) === "mfhd";
    // A file may end with a fragment that has nothing in it, or not all.
    if (isFragment && hasMedia(after.subarray(at - LENGTH))) return bytes - packetsEnd;
  }
  return 0;
}

/** Whether a fragment is followed by all its media. */
function hasMedia(fragment: Buffer): boolean {
  const media = fragment.readUInt32BE(0);
  if (media + 2 * LENGTH > fragment.length) return false;
  const length = fragment.readUInt32BE(media);
  const isMedia = fragment.toString("latin1", media + LENGTH, media + 2 * LENGTH) === "mdat";
  return isMedia && length > 2 * LENGTH && media + length <= fragment.length;
}
