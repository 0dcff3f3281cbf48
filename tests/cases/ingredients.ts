import { readFile, writeFile } from "node:fs/promises";

import { ffmpeg } from "../support/clips";

export interface Picture {
  size?: string;
  rate?: number;
  seconds?: number;
  /** Begins with a comma. */
  filter?: string;
}

/** A moving test picture with a white flash at 1, 3 and 5 s, as an input of ffmpeg. */
export function picture({ size = "320x240", rate = 25, seconds = 6, filter = "" }: Picture = {}): string[] {
  const flash = "drawbox=t=fill:color=white:enable='gte(t,0.999)*lt(mod(t+1.001,2),0.12)'";
  return ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${seconds},${flash}${filter}`];
}

/** A quiet hum with a beep of 1 kHz at the moments of the flashes. */
export function sound(seconds = 6): string[] {
  const expression = "0.05*sin(2*PI*300*t)+0.6*sin(2*PI*1000*t)*gte(t\\,0.9)*lt(mod(t+1\\,2)\\,0.12)";
  return ["-f", "lavfi", "-i", `aevalsrc=${expression}:s=48000:d=${seconds}`];
}

export const H264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-pix_fmt", "yuv420p"];
export const AAC = ["-c:a", "aac"];

/** Returns a function that makes a file from inputs and options. */
export function encode(...args: (string | readonly string[])[]): (path: string) => Promise<void> {
  return async (path) => void (await ffmpeg("-v", "error", ...args.flat(), `file:${path}`));
}

/** Flashes and beeps in H.264 and AAC. */
export const PLAIN = encode(picture(), sound(), H264, ["-g", "25"], AAC);
/** Writes files one after the other. */
export async function concatenate(path: string, parts: readonly string[]): Promise<void> {
  await writeFile(path, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))));
}

export async function changeBytes(path: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(path, change(await readFile(path)));
}
