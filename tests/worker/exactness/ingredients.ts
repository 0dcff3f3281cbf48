import { readFile, writeFile } from "node:fs/promises";

import { ffmpeg } from "../../support/clips";

export const SECONDS = 2.4;

export interface Picture {
  size?: string;
  rate?: string;
  seconds?: number;
  /** Begins with a comma. */
  filter?: string;
}

/** A moving test picture as ffmpeg's input. */
export function picture({ size = "96x64", rate = "25", seconds = SECONDS, filter = "" }: Picture = {}): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${seconds}${filter}`];
}

/** A rising tone, so that no two moments sound alike. */
export function sound(seconds = SECONDS, channels = 2, begin = 0): string[] {
  const rising = (channel: number): string => `0.4*sin(2*PI*t*(${200 + 20 * channel}+150*t))`;
  const expressions = Array.from({ length: channels }, (_, channel) => rising(channel)).join("|");
  const source = `aevalsrc=${expressions}:s=48000:d=${seconds}`;
  return [...(begin > 0 ? ["-itsoffset", String(begin)] : []), "-f", "lavfi", "-i", source];
}

export const X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p"];
export const INTERLACED = ["-flags", "+ildct+ilme"];

export function gop(frames: number, bframes = 0): string[] {
  return ["-g", String(frames), "-bf", String(bframes)];
}

/** Returns a function that makes a file from inputs and options, with every picture of the inputs. */
export function encode(...args: (string | readonly string[])[]): (path: string) => Promise<unknown> {
  return (path) => ffmpeg(...args.flat(), "-fps_mode", "passthrough", `file:${path}`);
}

/** The first two lines of a matrix that says how pictures are shown, without the last number of the second. */
export type DisplayMatrix = [a: number, b: number, u: 0, c: number, d: number];

const CLOCKWISE: DisplayMatrix = [0, 1, 0, -1, 0];

/** Sets the matrix in the header of an MP4 or MOV. */
async function setMatrix(path: string, matrix: DisplayMatrix): Promise<void> {
  const bytes = await readFile(path);
  // In the first track, after version, flags and 40 bytes of times, number, duration, layer and volume.
  const at = bytes.indexOf("tkhd") + 4 + 40;
  matrix.forEach((value, index) => bytes.writeInt32BE(Math.round(value * 0x10000), at + index * 4));
  await writeFile(path, bytes);
}

/** Makes a file whose pictures are shown by a matrix: by default rotated by 90°. */
export function rotate(
  make: (path: string) => Promise<unknown>,
  matrix: DisplayMatrix = CLOCKWISE,
): (path: string) => Promise<void> {
  return async (path) => {
    await make(path);
    await setMatrix(path, matrix);
  };
}

/** Concatenates two files in a transport stream; the pictures of the second have another size or other pixels. */
export function changeSize(first: string, second: string, filter = ""): (path: string) => Promise<void> {
  return async (path) => {
    const half = async (size: string, begin: number, filter = ""): Promise<Buffer> => {
      const offset = ["-output_ts_offset", String(begin), "-f", "mpegts"];
      await encode(picture({ size, seconds: 1.2, filter }), X264, gop(15), offset)(`${path}.half`);
      return readFile(`${path}.half`);
    };
    await writeFile(path, Buffer.concat([await half(first, 0), await half(second, 1.2, filter)]));
  };
}

/** HEVC with 10 bits whose colours are marked as HDR. */
export function hdr(transfer: "smpte2084" | "arib-std-b67"): string[] {
  return [
    ...[
      "-vf",
      `format=yuv420p10le,setparams=range=tv:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc`,
    ],
    ...["-c:v", "libx265", "-preset", "ultrafast", "-crf", "10", "-tag:v", "hvc1", "-x265-params", "log-level=none"],
  ];
}
