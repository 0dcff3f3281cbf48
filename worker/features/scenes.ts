import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

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
  let seconds: number | undefined;
  for await (const line of createInterface({ input: text })) {
    seconds = Number(/pts_time:(\S+)/.exec(line)?.[1] ?? seconds);
    const score = /^lavfi\.scene_score=(\S+)/.exec(line)?.[1];
    if (score !== undefined) changes.push({ seconds, score: Number(score) });
  }
  return changes;
}
