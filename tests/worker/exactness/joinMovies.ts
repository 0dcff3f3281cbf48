import { readFile, writeFile } from "node:fs/promises";

import { box, boxesIn, findBox, fullBox, replaceBox, uint32 } from "../../../worker/fmp4/boxes";

const TABLE = ["moov", "trak", "mdia", "minf", "stbl"];

/** Numbers of a table behind its version, flags and count. */
function rowsOf(movie: Buffer, type: string): number[] {
  const { payload } = findBox(movie, ...TABLE, type);
  const from = type === "stsz" ? 12 : 8;
  return Array.from({ length: (payload.length - from) / 4 }, (_, index) => payload.readUInt32BE(from + 4 * index));
}

/**
 * Joins two MP4s of ffmpeg with one track of pictures, all in one order and with one chunk of media, into one whose index describes those of
 * each in its own way. The durations of the second one's pictures are those of the first.
 */
export async function joinMovies(path: string, first: string, second: string): Promise<void> {
  const files = await Promise.all([first, second].map((file) => readFile(file)));
  const parts = files.map((file) => {
    const boxes = boxesIn(file);
    const find = (type: string): Buffer => boxes.find((one) => one.type === type)!.payload;
    const movie = Buffer.concat(boxes.filter(({ type }) => type === "moov").map(({ bytes }) => bytes));
    return { start: find("ftyp"), media: find("mdat"), movie };
  });
  const [one, other] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const sizes = parts.map(({ movie }) => rowsOf(movie, "stsz"));
  const [count = 0, all = 0] = [sizes[0]?.length, sizes.flat().length];
  const start = box("ftyp", one.start);
  const [begin, middle] = [start.length + 8, start.length + 8 + one.media.length];
  const [, ticks = 0] = rowsOf(one.movie, "stts");
  const keys = [...rowsOf(one.movie, "stss"), ...rowsOf(other.movie, "stss").map((number) => number + count)];
  const entries = parts.map(({ movie }) => findBox(movie, ...TABLE, "stsd").payload.subarray(8));
  const tables: Record<string, Buffer> = {
    stsd: fullBox("stsd", 0, 0, uint32(2), ...entries),
    stts: fullBox("stts", 0, 0, uint32(1, all, ticks)),
    stss: fullBox("stss", 0, 0, uint32(keys.length, ...keys)),
    stsz: fullBox("stsz", 0, 0, uint32(0, all, ...sizes.flat())),
    stsc: fullBox("stsc", 0, 0, uint32(2, 1, count, 1, 2, all - count, 2)),
    stco: fullBox("stco", 0, 0, uint32(2, begin, middle)),
  };
  const movie = replaceBox(one.movie, TABLE, ({ payload }) =>
    box("stbl", ...boxesIn(payload).map(({ type, bytes }) => tables[type] ?? bytes)),
  );
  await writeFile(path, Buffer.concat([start, box("mdat", one.media, other.media), movie]));
}
