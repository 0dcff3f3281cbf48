import type { Plan, PlanRendition } from "../../contract/plan";
import { AUDIO_STATES, FEATURES_STATES, renditionStates } from "../../contract/states";

/** The renditions that have jobs of their own. The jobs of another rendition encode the others. */
export function leadingRenditions({ renditions }: Plan): PlanRendition[] {
  return renditions.filter(({ encodedWith }) => encodedWith === undefined);
}

/** The steps that make features. */
export const FEATURE_STEPS = [FEATURES_STATES.extract];

/** The steps that encode a rendition, and those that are encoded with it. */
export function renditionSteps({ parts }: Plan, { name }: PlanRendition): string[] {
  return parts.map((_, index) => renditionStates(name).transcode(index + 1));
}

/** The steps that encode pictures. */
export function transcodeSteps(plan: Plan): string[] {
  return leadingRenditions(plan).flatMap((rendition) => renditionSteps(plan, rendition));
}

/** The steps that encode sound. */
export function audioSteps({ audio }: Plan): string[] {
  return audio === undefined ? [] : [AUDIO_STATES.transcode];
}

/** The steps of a plan before packaging, of which nothing is done. */
export function stepsOf(plan: Plan): string[] {
  return [...FEATURE_STEPS, ...transcodeSteps(plan), ...audioSteps(plan)];
}
