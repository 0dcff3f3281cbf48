import { box } from "../../worker/fmp4/boxes";
import { addToSampleEntry } from "../worker/exactness/cleanAperture";
import { changeBytes } from "./ingredients";

/** Says in the header of the first track of an MP4, whose index is at its end, that it is Dolby Vision. */
export function addDolbyVision(path: string, profile: number, compatibility: number): Promise<void> {
  return changeBytes(path, (bytes) => {
    const record = Buffer.alloc(24);
    // Version 1.0, then profile, level 1, RPU and base layer.
    record.set([1, 0]);
    record.writeUInt16BE((profile << 9) | (1 << 3) | 0b101, 2);
    record.writeUInt8(compatibility << 4, 4);
    return addToSampleEntry(bytes, box("dvcC", record));
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
