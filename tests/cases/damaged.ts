import { ffprobe } from "../support/clips";
import { AAC, changeBytes, encode, H264, picture, sound } from "./ingredients";

/** Long GOPs with B-frames, which damage spreads in. */
const LONG_GOPS = [picture(), sound(), H264, ["-g", "50", "-bf", "2"], AAC].flat();

/** Two pictures whose slice header can't be read. */
export async function unreadableSlices(path: string): Promise<void> {
  await encode(LONG_GOPS)(path);
  const packets = await ffprobe(path, "packet=pos", "-select_streams", "v:0");
  await changeBytes(path, (bytes) => {
    for (const number of [60, 61]) bytes.fill(0xff, Number(packets[number]![0]) + 5, Number(packets[number]![0]) + 12);
    return bytes;
  });
}

/** What a recorder leaves that was killed: fragments, the last of which ends in a picture. */
export async function killedRecorder(path: string): Promise<void> {
  await encode(LONG_GOPS, ["-movflags", "+frag_keyframe+empty_moov+default_base_moof"])(path);
  await changeBytes(path, (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.8)));
}

/** A bad sector, because of which two seconds can't be read. */
export async function badSector(path: string): Promise<void> {
  await encode(LONG_GOPS)(path);
  await changeBytes(path, (bytes) => bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 4096));
}
