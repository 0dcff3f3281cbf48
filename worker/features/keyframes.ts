import type { PlanSource } from "../../contract/plan";
import type { SceneChange } from "./scenes";
import { SCENE_THRESHOLD } from "./scenes";

export interface Keyframe {
  /** From the first frame. */
  seconds: number;
  /** How much the picture differs from the keyframe before, from 0 to 1. */
  difference: number;
  /** The same as a scene's score: what differs as much as the pictures before did is taken for motion. */
  score: number;
}

/** From one keyframe to the next. */
export interface Interval {
  from: number;
  until: number;
  /** What is known without a closer look: that the second keyframe is another picture. */
  atEnd: SceneChange;
}

/** What the keyframes tell of scenes. */
export interface Findings {
  changes: SceneChange[];
  /** Where a change may be, and a closer look has to tell. */
  uncertain: Interval[];
}

/** Keyframes further apart than this are too few for thumbnails, and whole scenes may lie between them. */
const DENSE_SECONDS = 2.5;

/** Keyframes that are no further apart than this many frames leave nothing to look at between them. */
const ADJACENT_FRAMES = 4;

/** Two keyframes of one scene differ more than two frames that follow each other, and unlike scenes by far more. */
const SUSPICIOUS = SCENE_THRESHOLD / 2;

/** Nothing when the keyframes don't tell enough, or so much is uncertain that all may as well be looked at. */
export function judgeKeyframes(keyframes: readonly Keyframe[], source: PlanSource): Findings | undefined {
  const { durationSeconds, frameRate } = source;
  if (keyframes.length === 0) return undefined;
  const adjacent = (ADJACENT_FRAMES * frameRate[1]) / frameRate[0];
  const findings: Findings = { changes: [], uncertain: [] };
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
