import type { Box } from "./boxes";
import { boxHeader, boxesIn, findBox } from "./boxes";

/** One encoded picture or audio frame. Times are in ticks of the track's timescale. */
export interface Sample {
  /** The shown time, counted from the muxer's own start. */
  pts: number;
  duration: number;
  sync: boolean;
  data: Buffer;
}

/** What a fragmented MP4 with one track contains: first its initialisation, then its samples in decoding order. */
export type FragmentedItem = { kind: "init"; bytes: Buffer } | { kind: "samples"; samples: Sample[] };

/** Parses a fragmented MP4 while it arrives. Holds one fragment at a time. */
export async function* readFragmented(source: AsyncIterable<Buffer>): AsyncGenerator<FragmentedItem> {
  const init: Buffer[] = [];
  let moof: Box | undefined;
  for await (const box of topLevelBoxes(source)) {
    if (box.type === "ftyp") init.push(box.bytes);
    if (box.type === "moov") yield { kind: "init", bytes: Buffer.concat([...init, box.bytes]) };
    if (box.type === "moof") moof = box;
    if (box.type === "mdat" && moof) {
      yield { kind: "samples", samples: samplesOf(moof, box) };
      moof = undefined;
    }
  }
}

async function* topLevelBoxes(source: AsyncIterable<Buffer>): AsyncGenerator<Box> {
  let waiting: Buffer[] = [];
  let available = 0;
  let needed = 8;
  for await (const piece of source) {
    waiting.push(piece);
    available += piece.length;
    while (available >= needed) {
      const bytes = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting, available);
      waiting = [bytes];
      const header = boxHeader(bytes);
      needed = header?.size ?? 16;
      if (!header || available < needed) continue;
      if (needed < header.length) throw new Error(`A ${header.type} box has the impossible size ${needed}.`);
      yield { type: header.type, bytes: bytes.subarray(0, needed), payload: bytes.subarray(header.length, needed) };
      waiting = [bytes.subarray(needed)];
      available -= needed;
      needed = 8;
    }
  }
  if (available > 0) throw new Error("The fragmented MP4 ends in the middle of a box.");
}

const NOT_SYNC = 0x10000;

/** The samples of one `moof` with its `mdat` (ISO/IEC 14496-12, 8.8). */
function samplesOf(moof: Box, mdat: Box): Sample[] {
  const traf = findBox(moof.payload, "traf").payload;
  const defaults = fragmentDefaults(findBox(traf, "tfhd").payload);
  const tfdt = findBox(traf, "tfdt").payload;
  let dts = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
  const samples: Sample[] = [];
  let at = 0;
  for (const { payload } of boxesIn(traf).filter(({ type }) => type === "trun")) {
    const version = payload.readUInt8(0);
    const flags = payload.readUInt32BE(0) & 0xffffff;
    const count = payload.readUInt32BE(4);
    let field = 8;
    const next = (bit: number): number | undefined => {
      if ((flags & bit) === 0) return undefined;
      field += 4;
      return payload.readUInt32BE(field - 4);
    };
    next(0x1); // The data offset: with a single track the samples begin where the mdat does.
    const firstFlags = next(0x4);
    for (let index = 0; index < count; index++) {
      const duration = next(0x100) ?? defaults.duration;
      const size = next(0x200) ?? defaults.size;
      const own = next(0x400);
      const sampleFlags = (index === 0 ? firstFlags : undefined) ?? own ?? defaults.flags;
      const composition = next(0x800) ?? 0;
      samples.push({
        pts: dts + (version === 0 ? composition : composition | 0),
        duration,
        sync: (sampleFlags & NOT_SYNC) === 0,
        data: mdat.payload.subarray(at, at + size),
      });
      dts += duration;
      at += size;
    }
  }
  if (at !== mdat.payload.length) throw new Error(`A fragment describes ${at} of its ${mdat.payload.length} bytes.`);
  return samples;
}

function fragmentDefaults(tfhd: Buffer): { duration: number; size: number; flags: number } {
  const flags = tfhd.readUInt32BE(0) & 0xffffff;
  let field = 8;
  const next = (bit: number, length: number): number => {
    if ((flags & bit) === 0) return 0;
    field += length;
    return tfhd.readUInt32BE(field - 4);
  };
  next(0x1, 8);
  next(0x2, 4);
  return { duration: next(0x8, 4), size: next(0x10, 4), flags: next(0x20, 4) };
}
