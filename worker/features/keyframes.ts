import type { PlanSource } from "../../contract/plan";
import type { SceneChange } from "./scenes";
import { SCENE_THRESHOLD } from "./scenes";

export interface Keyframe {
  /** Seconds from the first frame. */
  seconds: number;
  /** How much the picture differs from the previous keyframe, from 0 to 1. */
  difference: number;
  /** The difference without motion, as in a scene's score: it is low if the pictures before differed as much. */
  score: number;
}

/** The time from one keyframe to the next. */
export interface Interval {
  from: number;
  until: number;
  /** The change to assume if the pictures in between can't be examined: at the second keyframe, which differs. */
  atEnd: SceneChange;
}

/** What the keyframes reveal about scenes. */
export interface KeyframeFindings {
  changes: SceneChange[];
  /** The intervals that may contain a change, whose pictures have to be examined. */
  uncertain: Interval[];
}

/** If keyframes are further apart, they are too few for thumbnails, and whole scenes may lie between them. */
const DENSE_SECONDS = 2.5;

/** Keyframes at most this many frames apart leave nothing to examine between them. */
const ADJACENT_FRAMES = 4;

/** Two keyframes of the same scene differ more than two successive frames, but far less than two scenes. */
const SUSPICIOUS = SCENE_THRESHOLD / 2;

export interface Judgement {
  /** The number of keyframes. */
  keyframes: number;
  /** Absent if they reveal too little, or leave so much uncertain that all pictures may as well be examined. */
  findings?: KeyframeFindings;
}

/** Judges keyframes as they come, since a long video in which every picture is one has millions. */
export async function judgeKeyframes(keyframes: AsyncIterable<Keyframe>, source: PlanSource): Promise<Judgement> {
  const { durationSeconds, frameRate } = source;
  const adjacent = (ADJACENT_FRAMES * frameRate[1]) / frameRate[0];
  const findings: KeyframeFindings = { changes: [], uncertain: [] };
  let count = 0;
  let from = 0;
  let longest = 0;
  for await (const { seconds, difference, score } of keyframes) {
    if (seconds - from > adjacent) {
      if (difference > SUSPICIOUS) {
        findings.uncertain.push({ from, until: seconds, atEnd: { seconds, score: difference } });
      }
    } else if (score > SCENE_THRESHOLD) {
      findings.changes.push({ seconds, score });
    }
    longest = Math.max(longest, seconds - from);
    from = seconds;
    count += 1;
  }
  const sparse = count === 0 || Math.max(longest, durationSeconds - from) > DENSE_SECONDS;
  const tooMany = findings.uncertain.length > count / 3;
  return { keyframes: count, ...(sparse || tooMany ? {} : { findings }) };
}
