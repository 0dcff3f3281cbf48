import { readFile, writeFile } from "node:fs/promises";

/** Milliseconds shown, and the media time at which they begin; -1 shows nothing for that long. */
export type Edit = [milliseconds: number, mediaTime: number];

/** Replaces the edit list of a track in an MP4 of ffmpeg whose index is at its end. */
export async function setEdits(path: string, track: number, edits: readonly Edit[]): Promise<void> {
  const bytes = await readFile(path);
  const movie = bytes.lastIndexOf("moov") - 4;
  let trak = movie;
  for (let found = -1; found < track; found++) trak = bytes.indexOf("trak", trak + 8) - 4;
  const edts = bytes.indexOf("edts", trak) - 4;
  const list = editList(edits);
  const grown = list.length - bytes.readUInt32BE(edts);
  for (const box of [movie, trak]) bytes.writeUInt32BE(bytes.readUInt32BE(box) + grown, box);
  const after = bytes.subarray(edts + bytes.readUInt32BE(edts));
  await writeFile(path, Buffer.concat([bytes.subarray(0, edts), list, after]));
}

/** ISO/IEC 14496-12, 8.6.5 and 8.6.6. */
function editList(edits: readonly Edit[]): Buffer {
  const list = Buffer.alloc(24 + 12 * edits.length);
  [list.length, 0, list.length - 8, 0, 0, edits.length].forEach((value, index) => list.writeUInt32BE(value, 4 * index));
  list.write("edts", 4);
  list.write("elst", 12);
  edits.forEach(([milliseconds, mediaTime], index) => {
    list.writeUInt32BE(milliseconds, 24 + 12 * index);
    list.writeInt32BE(mediaTime, 28 + 12 * index);
    list.writeUInt32BE(0x10000, 32 + 12 * index);
  });
  return list;
}
