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
export async function* readKeyframeScores(text: Readable): AsyncGenerator<Keyframe> {
  let keyframe: Keyframe | undefined;
  for await (const { seconds, name, value } of parseEntries(text)) {
    if (name === "scd.mafd") {
      if (keyframe) yield keyframe;
      keyframe = { seconds, difference: value / 100, score: 0 };
    }
    if (name === "scd.score" && keyframe) keyframe.score = value / 100;
  }
  if (keyframe) yield keyframe;
}

async function* parseEntries(text: Readable): AsyncGenerator<{ seconds: number; name: string; value: number }> {
  let seconds = NaN;
  for await (const line of createInterface({ input: text })) {
    seconds = Number(/pts_time:(\S+)/.exec(line)?.[1] ?? seconds);
    const [, name, value] = /^lavfi\.(\S+?)=(\S+)/.exec(line) ?? [];
    if (name !== undefined) yield { seconds, name, value: Number(value) };
  }
}
