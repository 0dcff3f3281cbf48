import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Keyframe } from "./keyframes";

export interface SceneChange {
  /** Seconds from the first frame. */
  seconds: number;
  /** From 0, the same picture, to 1, a wholly different one. */
  score: number;
}

/** How different a picture has to be from the one before to begin a scene. */
export const SCENE_THRESHOLD = 0.3;

/** Reads what ffmpeg's `metadata=print` filter writes for the frames that `select` let through. */
export async function readScenes(text: Readable): Promise<SceneChange[]> {
  const changes: SceneChange[] = [];
  for await (const { seconds, name, value } of entries(text)) {
    if (name === "scene_score") changes.push({ seconds, score: value });
  }
  return changes;
}

/** Reads what it writes behind `scdet`, which counts in percent. */
export async function readKeyframes(text: Readable): Promise<Keyframe[]> {
  const keyframes: Keyframe[] = [];
  for await (const { seconds, name, value } of entries(text)) {
    if (name === "scd.mafd") keyframes.push({ seconds, difference: value / 100, score: 0 });
    const last = keyframes.at(-1);
    if (name === "scd.score" && last) last.score = value / 100;
  }
  return keyframes;
}

async function* entries(text: Readable): AsyncGenerator<{ seconds: number; name: string; value: number }> {
  let seconds = NaN;
  for await (const line of createInterface({ input: text })) {
    seconds = Number(/pts_time:(\S+)/.exec(line)?.[1] ?? seconds);
    const [, name, value] = /^lavfi\.(\S+?)=(\S+)/.exec(line) ?? [];
    if (name !== undefined) yield { seconds, name, value: Number(value) };
  }
}
