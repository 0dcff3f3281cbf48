import type { Readable } from "node:stream";

import type { Plan } from "../../contract/plan";
import { succeeded } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { start } from "../ffmpeg/run";
import type { MediaInput } from "../storage/storage";
import type { Pictures } from "./arguments";
import { featureArguments, sceneArguments } from "./arguments";
import type { ThumbnailGrid } from "./thumbnailGrid";
import type { Interval } from "./keyframes";
import { judgeKeyframes } from "./keyframes";
import type { SceneChange } from "./scenes";
import { readKeyframes, readScenes, SCENE_THRESHOLD } from "./scenes";

export interface Look {
  plan: Plan;
  grid: ThumbnailGrid;
  input: MediaInput;
  /** What messages call the video. */
  subject: string;
  /** Where poster and sheets are left. */
  directory: string;
  report: ProgressReport;
}

/** How much of the work the keyframes are held to be. */
const KEYFRAMES_SHARE = 0.2;

/**
 * Looks a video over, and returns the scene changes. Keyframes alone take a tenth of the time of all the other pictures. Where they are
 * dense, they do for poster and thumbnails, and only where two of them differ is there a scene change to look for.
 */
export async function lookOver(look: Look): Promise<SceneChange[]> {
  const { plan, report } = look;
  const findings = judgeKeyframes(await pass(look, "keyframes", readKeyframes, 0, KEYFRAMES_SHARE), plan.source);
  if (!findings) return pass(look, "referenced", readScenes, KEYFRAMES_SHARE, 1);
  const changes = [...findings.changes];
  for (const [index, interval] of findings.uncertain.entries()) {
    changes.push(...(await changesBetween(look, interval)));
    report.reached(KEYFRAMES_SHARE + ((1 - KEYFRAMES_SHARE) * (index + 0.5)) / findings.uncertain.length);
  }
  return changes.sort((a, b) => a.seconds - b.seconds);
}

async function pass<T>(
  { plan, grid, input, subject, directory, report }: Look,
  pictures: Pictures,
  read: (text: Readable) => Promise<T[]>,
  from: number,
  to: number,
): Promise<T[]> {
  const ffmpeg = start("ffmpeg", featureArguments(plan, grid, input, pictures), { directory });
  const share = { reached: (fraction: number) => report.reached(from + (to - from) * fraction) };
  void followProgress(ffmpeg.side, "out_time_us", plan.source.durationSeconds * 1e6, share);
  const told = await read(ffmpeg.output);
  // Without a single keyframe that decodes alone there is no poster, which newer versions end badly for; the other pass makes it.
  if (pictures === "keyframes" && told.length === 0) await ffmpeg.ended;
  else await succeeded(ffmpeg, subject);
  return told;
}

async function changesBetween({ plan, grid, input, subject }: Look, interval: Interval): Promise<SceneChange[]> {
  const ffmpeg = start("ffmpeg", sceneArguments(plan, grid, input, interval));
  ffmpeg.side.resume();
  const pictures = await readScenes(ffmpeg.output);
  await succeeded(ffmpeg, subject);
  const [first] = pictures;
  // In a container without an index, a seek may end behind the keyframe.
  if (!first || first.seconds > interval.from + 0.001) return [interval.atEnd];
  return pictures.filter(({ score }) => score > SCENE_THRESHOLD);
}
