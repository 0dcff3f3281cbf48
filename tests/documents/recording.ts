import { readFileSync } from "node:fs";
import path from "node:path";

import { ROOT } from "../support/commandLine";

type Line = [style: string, text: string][];

/** What is on a terminal from a time on. */
export interface Frame {
  at: number;
  lines: Line[];
}

interface Animation {
  animate: (frames: Frame[], texts: { title: string; description: string }) => string;
  framesIn: (svg: string) => Frame[];
  textsIn: (svg: string) => { title: string; description: string };
}

interface Recorder {
  recordDemo: (directory: string, look: (address: string) => Promise<void>) => Promise<Frame[]>;
}

const script = (name: string): string => path.join(ROOT, "scripts", name);

export async function loadAnimation(): Promise<Animation> {
  return (await import(script("animation.mjs"))) as Animation;
}

export async function loadRecorder(): Promise<Recorder> {
  return (await import(script("recording.mjs"))) as Recorder;
}

export function readRecording(): string {
  return readFileSync(path.join(ROOT, "docs", "run.svg"), "utf8");
}

export function linesOf({ lines }: Frame): string[] {
  return lines.map((line) => line.map(([, text]) => text).join(""));
}
