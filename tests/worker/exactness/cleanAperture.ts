import { readFile, writeFile } from "node:fs/promises";

import { box, uint32 } from "../../../worker/fmp4/boxes";

/** What is shown of the pictures of a track. Numbers are fractions. */
export interface Aperture {
  width: [number, number];
  height: [number, number];
  x?: [number, number];
  y?: [number, number];
  /** The size at which the track is shown, in whole pixels. By default that of whole pictures. */
  shown?: [width: number, height: number];
  /** The shape of pixels. By default ffmpeg's box stays. */
  pixel?: [number, number] | "unstated";
}

/** The bytes of a movie with a box added to the only sample entry of its first track. Its index is at the end, or media are in fragments. */
export function addToSampleEntry(bytes: Buffer, added: Buffer): Buffer {
  const grown: number[] = [];
  let [from, to] = [0, bytes.length];
  for (const type of ["moov", "trak", "mdia", "minf", "stbl", "stsd"]) {
    while (bytes.toString("latin1", from + 4, from + 8) !== type) from += bytes.readUInt32BE(from);
    grown.push(from);
    to = from + bytes.readUInt32BE(from);
    from += 8;
  }
  // Behind version, flags and number.
  grown.push(from + 8);
  const changed = Buffer.from(bytes);
  for (const at of grown) changed.writeUInt32BE(changed.readUInt32BE(at) + added.length, at);
  return Buffer.concat([changed.subarray(0, to), added, changed.subarray(to)]);
}

export async function setCleanAperture(path: string, aperture: Aperture): Promise<void> {
  const { width, height, x = [0, 1], y = [0, 1], shown, pixel } = aperture;
  const bytes = await readFile(path);
  if (shown) {
    const header = bytes.indexOf("tkhd") + 4;
    shown.forEach((length, index) => bytes.writeUInt32BE(length * 0x10000, header + 76 + 4 * index));
  }
  const ratio = bytes.indexOf("pasp");
  if (pixel === "unstated") bytes.write("free", ratio);
  else pixel?.forEach((length, index) => bytes.writeUInt32BE(length, ratio + 4 + 4 * index));
  const numbers = [...width, ...height, ...x, ...y].map((number) => number >>> 0);
  await writeFile(path, addToSampleEntry(bytes, box("clap", uint32(...numbers))));
}
