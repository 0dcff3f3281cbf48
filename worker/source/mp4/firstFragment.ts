import { type FileBox, fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { defaultsOf } from "./fragmentDefaults";
import type { MediaTrack, ReadFile } from "./movie";

/** Flags of the list of a fragment's samples (ISO/IEC 14496-12, 8.8.8): what precedes the first time of composition. */
const [POSITION, FIRST_FLAGS, DURATION, SIZE, FLAGS, COMPOSITION] = [1, 4, 0x100, 0x200, 0x400, 0x800];
const BEFORE = [POSITION, FIRST_FLAGS, DURATION, SIZE, FLAGS];

/** Bytes that suffice for the first sample of the list. */
const ENOUGH = 64;

/** The first fragment of a track. */
export interface FirstFragment {
  /** When its first sample is shown, in ticks of the track. */
  begin: number;
  /** Whether it says when the next samples are decoded. */
  isTimed: boolean;
}

/** Undefined if no fragment has samples of the track. */
export async function readFirstFragment(
  { read, bytes }: ReadFile,
  track: MediaTrack,
): Promise<FirstFragment | undefined> {
  const usual = await defaultsOf(read, track);
  if (!usual) return undefined;
  for await (const box of fileBoxes(read, 0, bytes)) {
    if (box.type !== "moof") continue;
    for (const fragment of await findFileBoxes(read, box, "traf")) {
      const contents = async (type: string): Promise<Buffer | undefined> => firstBytes(read, fragment, type);
      const [header, list] = [await contents("tfhd"), await contents("trun")];
      if (!header || !list || header.readUInt32BE(4) !== track.id) continue;
      const time = await contents("tfdt");
      const flags = list.readUIntBE(1, 3);
      const begin = (time ? decodingTime(time) : 0) + compositionOffset(list, flags);
      const duration = durationIn(header) ?? usual.duration;
      return { begin, isTimed: (flags & DURATION) !== 0 || duration > 0 || list.readUInt32BE(4) < 2 };
    }
  }
  return undefined;
}

async function firstBytes(read: ReadUpTo, inside: FileBox, type: string): Promise<Buffer | undefined> {
  const [found] = await findFileBoxes(read, inside, type);
  return found && read(found.body, Math.min(ENOUGH, found.end - found.body));
}

function decodingTime(fields: Buffer): number {
  return fields[0] === 1 ? Number(fields.readBigUInt64BE(4)) : fields.readUInt32BE(4);
}

function compositionOffset(list: Buffer, flags: number): number {
  const at = 8 + 4 * BEFORE.filter((flag) => flags & flag).length;
  return flags & COMPOSITION && list.readUInt32BE(4) > 0 ? list.readInt32BE(at) : 0;
}

/** Flags of a fragment's header (8.8.7): what precedes the duration of its samples, and the duration itself. */
const [HAS_BASE, HAS_DESCRIPTION, HAS_DURATION] = [1, 2, 8];

function durationIn(header: Buffer): number | undefined {
  const flags = header.readUIntBE(1, 3);
  const at = 8 + (flags & HAS_BASE ? 8 : 0) + (flags & HAS_DESCRIPTION ? 4 : 0);
  return flags & HAS_DURATION ? header.readUInt32BE(at) : undefined;
}
