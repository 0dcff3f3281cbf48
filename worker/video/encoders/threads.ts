import type { PlanRendition } from "../../../contract/plan";

/**
 * About as many threads as the picture has work for. A fixed number, since some encoders' output depends on it and a
 * second attempt may run on another machine.
 */
export function encoderThreads({ width, pictureHeight }: PlanRendition): number {
  return Math.max(2, Math.min(8, Math.round(Math.min(width, pictureHeight) / 180)));
}
