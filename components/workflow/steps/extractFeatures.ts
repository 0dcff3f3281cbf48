import { FEATURES_STATES } from "../../../contract/states";
import type { BuiltBranch } from "../asl/builtStates";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { submitJob } from "../batch/submitJob";
import { branchFailure } from "../failure/branchFailure";
import type { WorkflowArns } from "../settings/arns";
import { recordsDoneSteps } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { recordDone, skipIfDone } from "../storage/doneSteps";

const { check: CHECK, extract: EXTRACT_FEATURES, recordDone: RECORD_DONE, skip: SKIP } = FEATURES_STATES;

export function extractFeatures(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const records = recordsDoneSteps(settings);
  const failed = branchFailure(settings, arns, {
    states: FEATURES_STATES,
    omits: settings.continueOnFeaturesFailure,
    missing: { features: "true" },
  });
  const { state, statements } = submitJob(settings, arns, {
    job: "features",
    queue: settings.lastQueue,
    name: "ExtractFeatures",
    parameters: COMMON_PARAMETERS,
    catch: failed.catcher(EXTRACT_FEATURES),
    ...(records ? { next: RECORD_DONE } : {}),
  });
  if (!records) {
    return {
      branch: { StartAt: EXTRACT_FEATURES, States: { [EXTRACT_FEATURES]: state, ...failed.states } },
      statements: [...statements, ...failed.statements],
    };
  }
  const done = recordDone(settings, arns, { step: EXTRACT_FEATURES, end: SKIP });
  return {
    branch: {
      StartAt: CHECK,
      States: {
        [CHECK]: { Type: "Choice", Choices: [skipIfDone(EXTRACT_FEATURES, SKIP)], Default: EXTRACT_FEATURES },
        [EXTRACT_FEATURES]: state,
        [RECORD_DONE]: done.state,
        [SKIP]: { Type: "Succeed", Output: {} },
        ...failed.states,
      },
    },
    statements: [...statements, ...done.statements, ...failed.statements],
  };
}
