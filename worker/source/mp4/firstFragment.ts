import { type FileBox, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { defaultsOf } from "./fragmentDefaults";
import type { MediaTrack, ReadFile } from "./movie";
import { readSampleList, trackFragments } from "./trackFragments";

/** Bytes that suffice for the first sample of the list. */
const ENOUGH = 64;

/** The first fragment of a track. */
export interface FirstFragment {
  /** When its first sample is shown, in ticks of the track. */
  begin: number;
  /** Whether it says when the next samples are decoded. */
  isTimed: boolean;
}

/** The first fragment of each track that has some. */
export type FirstFragments = ReadonlyMap<MediaTrack, FirstFragment>;

export async function readFirstFragments(file: ReadFile, tracks: readonly MediaTrack[]): Promise<FirstFragments> {
  const found = new Map<MediaTrack, FirstFragment>();
  for (const track of tracks) {
    const first = await readFirstFragment(file, track);
    if (first) found.set(track, first);
  }
  return found;
}

/** Undefined if no fragment has samples of the track. */
async function readFirstFragment(file: ReadFile, track: MediaTrack): Promise<FirstFragment | undefined> {
  const usual = await defaultsOf(file.read, track);
  if (!usual) return undefined;
  for await (const fragment of trackFragments(file, track)) {
    const contents = async (type: string): Promise<Buffer | undefined> => firstBytes(file.read, fragment, type);
    const [header, list] = [await contents("tfhd"), await contents("trun")];
    if (!header || !list) continue;
    const time = await contents("tfdt");
    const { samples, hasDurations, offsets } = readSampleList(list);
    const begin = (time ? decodingTime(time) : 0) + (offsets && samples > 0 ? list.readInt32BE(offsets.first) : 0);
    const duration = durationIn(header) ?? usual.duration;
    return { begin, isTimed: hasDurations || duration > 0 || samples < 2 };
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

/** Flags of a fragment's header (8.8.7): what precedes the duration of its samples, and the duration itself. */
const [HAS_BASE, HAS_DESCRIPTION, HAS_DURATION] = [1, 2, 8];

function durationIn(header: Buffer): number | undefined {
  const flags = header.readUIntBE(1, 3);
  const at = 8 + (flags & HAS_BASE ? 8 : 0) + (flags & HAS_DESCRIPTION ? 4 : 0);
  return flags & HAS_DURATION ? header.readUInt32BE(at) : undefined;
}
