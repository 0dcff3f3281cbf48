import { numberBehindTimes } from "../../fmp4/behindTimes";
import { findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import type { Track } from "./movie";

/** What a track shows, one piece after another (ISO/IEC 14496-12, 8.6.6). */
export interface Edit {
  /** Ticks of the movie, of which some files have more or fewer than of a track. */
  duration: number;
  /** Where it begins in the media, in ticks of the track. -1 shows nothing. */
  mediaTime: number;
  /** How fast it is played. */
  rate: number;
}

export interface EditList {
  edits: Edit[];
  /** Ticks of the track per second. */
  mediaTicks: number;
}

/** Bytes of version, flags and the number of edits. */
const FIELDS = 8;

/** More edits than anybody makes. */
const MOST_BYTES = 1 << 20;

/** Undefined where a track has none. */
export async function readEditList(read: ReadUpTo, { box }: Track): Promise<EditList | undefined> {
  const contents = async (...path: string[]): Promise<Buffer | undefined> => {
    const [found] = await findFileBoxes(read, box, ...path);
    return found && read(found.body, Math.min(MOST_BYTES, found.end - found.body));
  };
  const [list, header] = [await contents("edts", "elst"), await contents("mdia", "mdhd")];
  if (!list || !header) return undefined;
  const edits = list[0] === 1 ? longEdits(list) : shortEdits(list);
  return edits.length === 0 ? undefined : { edits, mediaTicks: numberBehindTimes(header) };
}

function shortEdits(list: Buffer): Edit[] {
  return placesIn(list, 12).map((at) => ({
    duration: list.readUInt32BE(at),
    mediaTime: list.readInt32BE(at + 4),
    rate: list.readInt32BE(at + 8) / 0x10000,
  }));
}

function longEdits(list: Buffer): Edit[] {
  return placesIn(list, 20).map((at) => ({
    duration: Number(list.readBigUInt64BE(at)),
    mediaTime: Number(list.readBigInt64BE(at + 8)),
    rate: list.readInt32BE(at + 16) / 0x10000,
  }));
}

function placesIn(list: Buffer, bytes: number): number[] {
  const count = Math.min(list.readUInt32BE(4), Math.floor((list.length - FIELDS) / bytes));
  return Array.from({ length: count }, (_, index) => FIELDS + index * bytes);
}
