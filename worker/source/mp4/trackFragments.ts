import { type FileBox, fileBoxes, findFileBoxes } from "../../fmp4/fileBoxes";
import type { MediaTrack, ReadFile } from "./movie";

/** The fragments of a track, in the order in which they come in the file. */
export async function* trackFragments({ read, bytes }: ReadFile, { id }: MediaTrack): AsyncGenerator<FileBox> {
  for await (const box of fileBoxes(read, 0, bytes)) {
    if (box.type !== "moof") continue;
    for (const fragment of await findFileBoxes(read, box, "traf")) {
      const [header] = await findFileBoxes(read, fragment, "tfhd");
      if (header && (await read(header.body + 4, 4)).readUInt32BE(0) === id) yield fragment;
    }
  }
}

/** Flags of a list of samples (ISO/IEC 14496-12, 8.8.8): what comes once before them, and what each of them has. */
const [POSITION, FIRST_FLAGS] = [1, 4];
const [DURATION, SIZE, FLAGS, COMPOSITION] = [0x100, 0x200, 0x400, 0x800];

/** Bytes of version, flags and the number of samples. */
const FIELDS = 8;

/** How a list of samples is laid out. */
export interface SampleList {
  samples: number;
  hasDurations: boolean;
  /** Where the time of composition of the first sample is, and the bytes from one to the next. Absent if samples have none. */
  offsets?: { first: number; distance: number };
}

/** @param list The contents of a `trun` box, or their first bytes. */
export function readSampleList(list: Buffer): SampleList {
  const flags = list.readUIntBE(1, 3);
  const bytesOf = (wanted: readonly number[]): number => 4 * wanted.filter((flag) => flags & flag).length;
  const first = FIELDS + bytesOf([POSITION, FIRST_FLAGS, DURATION, SIZE, FLAGS]);
  const distance = bytesOf([DURATION, SIZE, FLAGS, COMPOSITION]);
  return {
    samples: list.readUInt32BE(4),
    hasDurations: (flags & DURATION) !== 0,
    ...(flags & COMPOSITION ? { offsets: { first, distance } } : {}),
  };
}
