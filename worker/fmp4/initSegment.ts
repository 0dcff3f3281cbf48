import { placeBehindTimes } from "./behindTimes";
import { box, boxesIn, findBox, replaceBox } from "./boxes";

/** The entry of `stsd` that describes a track's samples. */
export interface SampleEntry {
  type: string;
  /** The boxes after its fields. */
  boxes: Buffer;
}

/** Bytes of a sample entry before the boxes in it (ISO/IEC 14496-12, 12.1.3 and 12.2.3). */
export const ENTRY_FIELDS = { video: 78, audio: 28 };

export function sampleEntry(init: Buffer, kind: keyof typeof ENTRY_FIELDS): SampleEntry {
  const [entry] = boxesIn(findBox(sampleDescription(init), "stsd").payload.subarray(8));
  if (!entry) throw new Error("The initialisation segment describes no samples.");
  return { type: entry.type, boxes: entry.payload.subarray(ENTRY_FIELDS[kind]) };
}

/** The description of the track's samples: `stsd` as a whole, to be put into another movie. */
export function sampleDescription(init: Buffer): Buffer {
  return findBox(init, "moov", "trak", "mdia", "minf", "stbl", "stsd").bytes;
}

/** The language of the track's media as the movie header packs it (ISO/IEC 14496-12, 8.4.2). */
export function mediaLanguage(init: Buffer): number {
  const { payload } = findBox(init, "moov", "trak", "mdia", "mdhd");
  return payload.readUInt16BE(payload[0] === 1 ? 32 : 20);
}

/** The same initialisation segment for a track that counts time in other ticks than its encoder did. */
export function withTimescale(init: Buffer, timescale: number): Buffer {
  return replaceBox(init, ["moov", "trak", "mdia", "mdhd"], ({ type, payload }) => {
    const fields = Buffer.from(payload);
    fields.writeUInt32BE(timescale, placeBehindTimes(fields));
    return box(type, fields);
  });
}
