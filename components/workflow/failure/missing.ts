import { CHECK_COMPLETENESS, CHECK_RENDITIONS, NOTIFY_FAILURE, PROCESS_VIDEO } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { ChoiceState } from "../asl/states";
import { expression } from "../jsonata/code";
import { MAX_OMISSION_CAUSE } from "../jsonata/failure";
import {
  firstFailedRendition,
  isIncomplete,
  lacksAllRenditions,
  missingAsJson,
  RENDITION_COUNT,
} from "../jsonata/missing";
import { continuesOnFailure } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { failedAt } from "./redrive";

/** Characters of all causes together. A submit has at most 30 KiB. */
const MAX_ALL_CAUSES = 8000;

/**
 * The parameter that says to the packaging job what is missing and why: JSON of `renditions`, `features` and `causes`.
 */
export function missingParameter(settings: WorkflowSettings): string {
  if (!continuesOnFailure(settings)) return JSON.stringify({ renditions: [], features: false, causes: [] });
  const all = settings.renditions.length + 1;
  return expression(missingAsJson(Math.min(MAX_OMISSION_CAUSE, Math.floor(MAX_ALL_CAUSES / all))));
}

/** Fails the execution if no rendition is left. */
export function checkRenditions({ usesWorkerPlan, renditions }: WorkflowSettings, next: string): BuiltStates {
  const wanted = usesWorkerPlan ? RENDITION_COUNT : String(renditions.length);
  const state: ChoiceState = {
    Type: "Choice",
    Choices: [
      {
        Condition: expression(lacksAllRenditions(wanted)),
        Assign: { failure: expression(firstFailedRendition()), failedAt: failedAt(PROCESS_VIDEO) },
        // Its branch has read the cause already.
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
    Choices: [{ Condition: expression(isIncomplete()), Next: partial }],
    Default: complete,
  };
  return { states: { [CHECK_COMPLETENESS]: state }, statements: [] };
}
