import { changeBytes } from "./ingredients";

/** Says in the header of the first track of an MP4, whose index is at its end, that it is Dolby Vision. */
export function addDolbyVision(path: string, profile: number, compatibility: number): Promise<void> {
  return changeBytes(path, (bytes) => {
    const grown: number[] = [];
    let [from, to] = [0, bytes.length];
    for (const type of ["moov", "trak", "mdia", "minf", "stbl", "stsd"]) {
      while (bytes.toString("latin1", from + 4, from + 8) !== type) from += bytes.readUInt32BE(from);
      grown.push(from);
      to = from + bytes.readUInt32BE(from);
      from += 8;
    }
    // The only sample entry is behind version, flags and number.
    grown.push(from + 8);
    const box = Buffer.alloc(32);
    box.writeUInt32BE(box.length);
    box.write("dvcC", 4);
    // Version 1.0, then profile, level 1, RPU and base layer.
    box.set([1, 0], 8);
    box.writeUInt16BE((profile << 9) | (1 << 3) | 0b101, 10);
    box.writeUInt8(compatibility << 4, 12);
    for (const at of grown) bytes.writeUInt32BE(bytes.readUInt32BE(at) + box.length, at);
    return Buffer.concat([bytes.subarray(0, to), box, bytes.subarray(to)]);
  });
}

/** Marks a track of AAC in an MP4 as a codec that ffmpeg knows by name and can't decode: MPEG-H 3D Audio. */
export function tagAsMpegH(path: string, track: number): Promise<void> {
  return changeBytes(path, (bytes) => {
    let entry = -1;
    for (let found = -1; found < track; found++) entry = bytes.indexOf("mp4a", entry + 1);
    bytes.write("mhm1", entry);
    bytes.write("dapa", bytes.indexOf("esds", entry));
    return bytes;
  });
}
