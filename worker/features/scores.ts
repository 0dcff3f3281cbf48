import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Keyframe } from "./keyframes";
import type { SceneChange } from "./scenes";

/** Reads what ffmpeg's `metadata=print` filter writes for the frames that `select` passed. */
export async function readSceneScores(text: Readable): Promise<SceneChange[]> {
  const changes: SceneChange[] = [];
  for await (const { seconds, name, value } of parseEntries(text)) {
    if (name === "scene_score") changes.push({ seconds, score: value });
  }
  return changes;
}

/** Reads what the same filter writes after `scdet`, whose values are percentages. */
export async function readKeyframeScores(text: Readable): Promise<Keyframe[]> {
  const keyframes: Keyframe[] = [];
  for await (const { seconds, name, value } of parseEntries(text)) {
    if (name === "scd.mafd") keyframes.push({ seconds, difference: value / 100, score: 0 });
    const last = keyframes.at(-1);
    if (name === "scd.score" && last) last.score = value / 100;
  }
  return keyframes;
}

async function* parseEntries(text: Readable): AsyncGenerator<{ seconds: number; name: string; value: number }> {
  let seconds = NaN;
  for await (const line of createInterface({ input: text })) {
    seconds = Number(/pts_time:(\S+)/.exec(line)?.[1] ?? seconds);
    const [, name, value] = /^lavfi\.(\S+?)=(\S+)/.exec(line) ?? [];
    if (name !== undefined) yield { seconds, name, value: Number(value) };
  }
}
