import type { PlanRendition } from "../../../contract/plan";

/**
 * About as many threads as a picture of this size keeps busy. The number does not depend on the machine: some encoders' output
 * depends on it, and a second attempt may run elsewhere.
 */
export function encoderThreads({ width, pictureHeight }: PlanRendition): number {
  return Math.max(2, Math.min(8, Math.round(Math.min(width, pictureHeight) / 180)));
}
