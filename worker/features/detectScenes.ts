import type { Readable } from "node:stream";

import type { Plan } from "../../contract/plan";
import { logError } from "../errors/log";
import { failureError, isTransient } from "../ffmpeg/failure";
import { awaitSuccess } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { type RunningProgram, start } from "../ffmpeg/run";
import { areNumbered } from "../video/filters/evenTimes";
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
 * differ. Where pictures get their times by their number, none may be skipped.
 */
export async function detectScenes(detection: SceneDetection): Promise<SceneChange[]> {
  const { plan, report } = detection;
  if (areNumbered(plan.source)) {
    return runPass(detection, { pictures: "all", read: readSceneScores, from: 0, to: 1 });
  }
  const keyframes = await tryPass(detection, {
    pictures: "keyframes",
    read: (text) => judgeKeyframes(readKeyframeScores(text), plan.source),
    from: 0,
    to: KEYFRAMES_SHARE,
  });
  const findings = keyframes?.findings;
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
  /** The progress, from 0 to 1, at which the pass begins and ends. */
  from: number;
  to: number;
}

async function runPass<T>(detection: SceneDetection, pass: Pass<T>): Promise<T> {
  const { ffmpeg, found } = await startPass(detection, pass);
  await awaitSuccess(ffmpeg, detection.subject);
  return found;
}

/** What a decoder says that can't go on behind a picture which it was told to skip: Theora's, up to ffmpeg 7. */
const SKIPPED = /(?:decoding stream|to decoder).*: Operation not permitted/;

/**
 * Undefined if ffmpeg failed because of the video, so that another pass may do better: no keyframe decodes alone, so that there is no
 * poster, or the decoder takes what it skips for an error, as Theora's does.
 */
async function tryPass<T>(detection: SceneDetection, pass: Pass<T>): Promise<T | undefined> {
  const { ffmpeg, found } = await startPass(detection, pass);
  const exit = await ffmpeg.ended;
  const failure = failureError(detection.subject, exit);
  if (exit.signal || isTransient(exit.stderr)) throw failure;
  if (exit.code === 0 && !SKIPPED.test(exit.stderr)) return found;
  logError("Detecting again, with all pictures", failure);
  return undefined;
}

/** Runs a pass up to the end of its output. */
async function startPass<T>(
  { plan, grid, input, directory, report }: SceneDetection,
  { pictures, read, from, to }: Pass<T>,
): Promise<{ ffmpeg: RunningProgram; found: T }> {
  const ffmpeg = start("ffmpeg", featureArguments(plan, grid, input, pictures), { input, directory });
  const share = { update: (fraction: number) => report.update(from + (to - from) * fraction) };
  void followProgress(ffmpeg.side, "out_time_us", plan.source.durationSeconds * 1e6, share);
  return { ffmpeg, found: await read(ffmpeg.output) };
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
