import type { Readable } from "node:stream";

import type { Plan } from "../../contract/plan";
import { awaitSuccess } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { start } from "../ffmpeg/run";
import type { MediaInput } from "../ffmpeg/input";
import type { DecodedPictures } from "./arguments";
import { featureArguments, sceneArguments } from "./arguments";
import type { ThumbnailGrid } from "./thumbnailGrid";
import type { Interval } from "./keyframes";
import { judgeKeyframes } from "./keyframes";
import type { SceneChange } from "./scenes";
import { SCENE_THRESHOLD } from "./scenes";
import { readKeyframeScores, readSceneScores } from "./scores";

export interface SceneDetection {
  plan: Plan;
  grid: ThumbnailGrid;
  input: MediaInput;
  /** The video's name in messages. */
  subject: string;
  /** Where ffmpeg writes the poster and the thumbnail sheets. */
  directory: string;
  report: ProgressReport;
}

/** The share of the progress that the pass over the keyframes counts for. */
const KEYFRAMES_SHARE = 0.2;

/**
 * Finds the scene changes, and makes the poster and the thumbnails on the way. Keyframes alone take a tenth of the time of all the other
 * pictures. If they are dense, they suffice for poster and thumbnails, and the pictures between them are examined only where two of them
 * differ.
 */
export async function detectScenes(detection: SceneDetection): Promise<SceneChange[]> {
  const { plan, report } = detection;
  const { findings } = await runPass(detection, {
    pictures: "keyframes",
    read: (text) => judgeKeyframes(readKeyframeScores(text), plan.source),
    mayBeEmpty: ({ keyframes }) => keyframes === 0,
    from: 0,
    to: KEYFRAMES_SHARE,
  });
  if (!findings)
    return runPass(detection, { pictures: "referenced", read: readSceneScores, from: KEYFRAMES_SHARE, to: 1 });
  const changes = [...findings.changes];
  for (const [index, interval] of findings.uncertain.entries()) {
    changes.push(...(await findChangesWithin(detection, interval)));
    report.update(KEYFRAMES_SHARE + ((1 - KEYFRAMES_SHARE) * (index + 0.5)) / findings.uncertain.length);
  }
  return changes.sort((a, b) => a.seconds - b.seconds);
}

interface Pass<T> {
  pictures: DecodedPictures;
  /** Parses what ffmpeg prints. */
  read: (text: Readable) => Promise<T>;
  /** Whether ffmpeg may have failed because it got no picture. Another pass makes up for it. */
  mayBeEmpty?: (read: T) => boolean;
  /** The progress, from 0 to 1, at which the pass begins and ends. */
  from: number;
  to: number;
}

async function runPass<T>(
  { plan, grid, input, subject, directory, report }: SceneDetection,
  { pictures, read, mayBeEmpty, from, to }: Pass<T>,
): Promise<T> {
  const ffmpeg = start("ffmpeg", featureArguments(plan, grid, input, pictures), { input, directory });
  const share = { update: (fraction: number) => report.update(from + (to - from) * fraction) };
  void followProgress(ffmpeg.side, "out_time_us", plan.source.durationSeconds * 1e6, share);
  const scores = await read(ffmpeg.output);
  // If no keyframe decodes alone there is no poster, and newer versions fail; the pass over the other pictures makes it.
  if (mayBeEmpty?.(scores)) await ffmpeg.ended;
  else await awaitSuccess(ffmpeg, subject);
  return scores;
}

async function findChangesWithin(
  { plan, grid, input, subject }: SceneDetection,
  interval: Interval,
): Promise<SceneChange[]> {
  const ffmpeg = start("ffmpeg", sceneArguments(plan, grid, input, interval), { input });
  ffmpeg.side.resume();
  const pictures = await readSceneScores(ffmpeg.output);
  await awaitSuccess(ffmpeg, subject);
  const [first] = pictures;
  // In a container without an index, a seek may end up after the keyframe.
  if (!first || first.seconds > interval.from + 0.001) return [interval.atEnd];
  return pictures.filter(({ score }) => score > SCENE_THRESHOLD);
}
