import { ffmpeg } from "../support/clips";
import { AAC, changeBytes, concatenate, encode, H264, picture, PLAIN, sound } from "./ingredients";

const PACKET_BYTES = 188;

/** Cuts a recording at 3 s into two transport streams with options of their own, and writes them one after the other. */
export function joined(first: readonly string[], second: readonly string[]): (path: string) => Promise<void> {
  return async (path) => {
    const whole = `${path}.mp4`;
    await PLAIN(whole);
    const [one, other] = [`${path}.1`, `${path}.2`];
    await ffmpeg("-v", "error", "-t", "3", "-i", whole, "-c", "copy", "-f", "mpegts", ...first, one);
    await ffmpeg("-v", "error", "-ss", "3", "-i", whole, "-c", "copy", "-f", "mpegts", ...second, other);
    await concatenate(path, [one, other]);
  };
}

/** AC-3 that goes from stereo to 5.1 midway. */
export async function changingAc3(path: string): Promise<void> {
  const [video, one, other, both] = ["v.ts", "1.ac3", "2.ac3", "ac3"].map((end) => `${path}.${end}`) as [
    string,
    string,
    string,
    string,
  ];
  await encode(picture(), H264, ["-g", "25", "-f", "mpegts"])(video);
  await encode(sound(2.976), ["-ac", "2", "-c:a", "ac3", "-f", "ac3"])(one);
  await encode(sound(), ["-ss", "2.976", "-ac", "6", "-c:a", "ac3", "-f", "ac3"])(other);
  await concatenate(both, [one, other]);
  await encode(["-i", video, "-f", "ac3", "-i", both, "-map", "0:v", "-map", "1:a", "-c", "copy"])(path);
}

/** A recording that was begun in the middle of a GOP of 10 s. */
export async function begunWithinGop(path: string): Promise<void> {
  const gop = ["-g", "250", "-sc_threshold", "0", "-bf", "2"];
  await encode(picture({ seconds: 14 }), sound(14), H264, gop, AAC, ["-f", "mpegts"])(path);
  await changeBytes(path, (bytes) => {
    const tenth = Math.floor(Math.floor(bytes.length / PACKET_BYTES) / 10);
    return Buffer.concat([bytes.subarray(0, 3 * PACKET_BYTES), bytes.subarray(tenth * PACKET_BYTES)]);
  });
}

/** VP8 whose pictures grow from 160x120 to 320x240 midway, as in a call. */
export async function growingVp8(path: string): Promise<void> {
  const pictures: Buffer[] = [];
  let header: Buffer | undefined;
  const quick = ["-auto-alt-ref", "0", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-g", "25"];
  for (const [begin, size] of [
    ["0", "160x120"],
    ["3", "320x240"],
  ] as const) {
    const half = `${path}.half`;
    await encode(["-ss", begin, "-t", "3"], picture({ size }), ["-c:v", "libvpx", ...quick, "-f", "ivf"])(half);
    await changeBytes(half, (bytes) => {
      header ??= bytes.subarray(0, 32);
      for (let at = 32; at < bytes.length; at += 12 + bytes.readUInt32LE(at)) {
        const frame = Buffer.from(bytes.subarray(at, at + 12 + bytes.readUInt32LE(at)));
        frame.writeBigUInt64LE(BigInt(pictures.length), 4);
        pictures.push(frame);
      }
      return Buffer.concat([header, ...pictures]);
    });
  }
  await encode(["-i", `${path}.half`], sound(), ["-c:v", "copy", "-c:a", "libopus"])(path);
}

/** VP8 in two passes, with pictures that are never shown. */
export async function hiddenVp8(path: string): Promise<void> {
  const quality = ["-auto-alt-ref", "1", "-lag-in-frames", "16", "-b:v", "1M", "-g", "25", "-cpu-used", "5"];
  for (const pass of ["1", "2"]) {
    const log = ["-pass", pass, "-passlogfile", `${path}.pass`];
    await encode(picture(), sound(), ["-c:v", "libvpx", ...quality, "-c:a", "libvorbis", ...log])(path);
  }
}
