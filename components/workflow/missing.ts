import type { ChoiceState } from "./asl";
import { afterFailedJob, failedAt } from "./failure";
import { expression } from "./jsonata";
import { PROCESS_VIDEO } from "./names";
import type { WorkflowSettings } from "./settings";
import type { BuiltStates } from "./states";

export const CHECK_RENDITIONS = "Check Renditions";
export const CHECK_COMPLETENESS = "Check Completeness";

/** Whether a failure of something may leave the rest to be finished. */
export function goesOn({ continueOnRenditionFailure, continueOnFeaturesFailure }: WorkflowSettings): boolean {
  return continueOnRenditionFailure || continueOnFeaturesFailure;
}

/** What is missing, for the job that packages the rest: JSON of `renditions` and `features`. */
export function missingParameter(settings: WorkflowSettings): string {
  if (!goesOn(settings)) return JSON.stringify({ renditions: [], features: false });
  return expression("$string({'renditions': [$missing.rendition], 'features': $count($missing[features]) > 0})");
}

/** Without a single rendition there is nothing to go on with. */
export function checkRenditions(settings: WorkflowSettings, next: string): BuiltStates {
  const { followsPlan, renditions } = settings;
  const all = followsPlan ? "$count($renditions)" : String(renditions.length);
  const state: ChoiceState = {
    Type: "Choice",
    Choices: [
      {
        Condition: expression(`$count($missing[rendition]) >= ${all}`),
        Assign: { failure: expression("$missing[rendition][0]"), failedAt: failedAt(PROCESS_VIDEO) },
        Next: afterFailedJob(settings),
      },
    ],
    Default: next,
  };
  return { states: { [CHECK_RENDITIONS]: state }, statements: [] };
}

export function checkCompleteness(partial: string, complete: string): BuiltStates {
  const state: ChoiceState = {
    Type: "Choice",
    Choices: [{ Condition: expression("$count($missing) > 0"), Next: partial }],
    Default: complete,
  };
  return { states: { [CHECK_COMPLETENESS]: state }, statements: [] };
}
