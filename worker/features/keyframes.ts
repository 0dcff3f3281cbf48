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

/** Returns undefined if the keyframes reveal too little, or leave so much uncertain that all pictures may as well be examined. */
export function judgeKeyframes(keyframes: readonly Keyframe[], source: PlanSource): KeyframeFindings | undefined {
  const { durationSeconds, frameRate } = source;
  if (keyframes.length === 0) return undefined;
  const adjacent = (ADJACENT_FRAMES * frameRate[1]) / frameRate[0];
  const findings: KeyframeFindings = { changes: [], uncertain: [] };
  let from = 0;
  for (const { seconds, difference, score } of keyframes) {
    if (seconds - from > DENSE_SECONDS) return undefined;
    if (seconds - from > adjacent) {
      if (difference > SUSPICIOUS) {
        findings.uncertain.push({ from, until: seconds, atEnd: { seconds, score: difference } });
      }
    } else if (score > SCENE_THRESHOLD) {
      findings.changes.push({ seconds, score });
    }
    from = seconds;
  }
  const tooMany = findings.uncertain.length > keyframes.length / 3;
  return durationSeconds - from > DENSE_SECONDS || tooMany ? undefined : findings;
}
