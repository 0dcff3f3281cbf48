import { ffmpeg } from "../../support/clips";

export const SECONDS = 2.4;

export interface Picture {
  size?: string;
  rate?: string;
  seconds?: number;
  /** With a comma in front. */
  filter?: string;
}

/** A moving test picture as ffmpeg's input. */
export function picture({ size = "96x64", rate = "25", seconds = SECONDS, filter = "" }: Picture = {}): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${seconds}${filter}`];
}

/** A tone that rises, so that no two moments sound alike. */
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

/** What makes a file of the inputs and options, with all the pictures that there are. */
export function encoded(...args: (string | readonly string[])[]): (path: string) => Promise<unknown> {
  return (path) => ffmpeg(...args.flat(), "-fps_mode", "passthrough", `file:${path}`);
}
