import { CHECK_COMPLETENESS, CHECK_RENDITIONS, NOTIFY_FAILURE, PROCESS_VIDEO } from "../../../contract/states";
import type { ChoiceState } from "../asl/states";
import { failedAt } from "./catchers";
import { LONGEST_CAUSE_GIVEN_UP } from "./omissions";
import { expression } from "../jsonata/code";
import type { WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";

/** Whether a failure of something may leave the rest to be finished. */
export function continuesOnFailure({
  continueOnRenditionFailure,
  continueOnFeaturesFailure,
}: WorkflowSettings): boolean {
  return continueOnRenditionFailure || continueOnFeaturesFailure;
}

/** Characters of all causes together: what is submitted has at most 30 KiB. */
const LONGEST_CAUSES = 8000;

/** What is missing and why, for the job that packages the rest: JSON of `renditions`, `features` and `causes`. */
export function missingParameter(settings: WorkflowSettings): string {
  if (!continuesOnFailure(settings)) return JSON.stringify({ renditions: [], features: false, causes: [] });
  const longest = Math.min(LONGEST_CAUSE_GIVEN_UP, Math.floor(LONGEST_CAUSES / (settings.renditions.length + 1)));
  const members = [
    "'renditions': [$missing.rendition]",
    "'features': $count($missing[features]) > 0",
    `'causes': [$missing.$substring(cause, 0, ${longest})]`,
  ];
  return expression(`$string({${members.join(", ")}})`);
}

/** Without a single rendition there is nothing to go on with. */
export function checkRenditions(settings: WorkflowSettings, next: string): BuiltStates {
  const { usesWorkerPlan, renditions } = settings;
  const all = usesWorkerPlan ? "$count($renditions)" : String(renditions.length);
  const state: ChoiceState = {
    Type: "Choice",
    Choices: [
      {
        Condition: expression(`$count($missing[rendition]) >= ${all}`),
        Assign: { failure: expression("$missing[rendition][0]"), failedAt: failedAt(PROCESS_VIDEO) },
        // Its cause was read in its branch.
        Next: NOTIFY_FAILURE,
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
