import { FEATURES_STATES } from "../../../contract/states";
import { ifDone, writeDownDone, writesDownDone } from "../storage/doneJobs";
import { endOfBranch } from "../failure/branchFailure";
import { expression } from "../jsonata/code";
import { jobOnQueue } from "../batch/jobOnQueue";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import { type BuiltBranch, pickParameters } from "../asl/builtStates";
import { submitJob } from "../batch/submitJob";
import { stateTimeout } from "../asl/timeouts";

const { check: CHECK, extract: EXTRACT_FEATURES, recordDone: DONE, skip: SKIP } = FEATURES_STATES;

export function extractFeatures(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const job = settings.jobs.features;
  const failed = endOfBranch(settings, arns, {
    states: FEATURES_STATES,
    givenUp: settings.continueOnFeaturesFailure,
    missing: "'features': true",
  });
  const { state, statements } = submitJob({
    ...jobOnQueue(settings, arns, {
      job: "features",
      queue: settings.lastQueue,
      name: "ExtractFeatures",
      parameters: pickParameters(job.parameters, {
        input: expression("$input"),
        output: expression("$output"),
        plan: expression("$plan"),
      }),
    }),
    timeoutSeconds: stateTimeout(settings, job, job.attemptTimeoutSeconds),
    catch: failed.catcher(EXTRACT_FEATURES),
    ...(writesDownDone(settings) ? { next: DONE } : {}),
  });
  if (!writesDownDone(settings)) {
    return {
      branch: { StartAt: EXTRACT_FEATURES, States: { [EXTRACT_FEATURES]: state, ...failed.states } },
      statements: [...statements, ...failed.statements],
    };
  }
  const done = writeDownDone(settings, arns, EXTRACT_FEATURES, undefined, SKIP);
  return {
    branch: {
      StartAt: CHECK,
      States: {
        [CHECK]: { Type: "Choice", Choices: [ifDone(EXTRACT_FEATURES, SKIP)], Default: EXTRACT_FEATURES },
        [EXTRACT_FEATURES]: state,
        [DONE]: done.state,
        [SKIP]: { Type: "Succeed", Output: {} },
        ...failed.states,
      },
    },
    statements: [...statements, ...done.statements, ...failed.statements],
  };
}
