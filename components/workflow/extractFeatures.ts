import { branchFailed, branchGivenUp, failureInBranch } from "./failure";
import { expression } from "./jsonata";
import { jobOnQueue } from "./jobOnQueue";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { type BuiltBranch, chosen } from "./states";
import { submitJob } from "./submitJob";
import { stateTimeout } from "./timeouts";

const EXTRACT_FEATURES = "Extract Features";
const FAILED = "Extract Features Failed";

export function extractFeatures(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const job = settings.jobs.features;
  const { state, statements } = submitJob({
    ...jobOnQueue(settings, arns, {
      job: "features",
      queue: settings.lastQueue,
      name: "ExtractFeatures",
      parameters: chosen(job.parameters, {
        input: expression("$input"),
        output: expression("$output"),
        plan: expression("$plan"),
      }),
    }),
    timeoutSeconds: stateTimeout(settings, job, job.attemptTimeoutSeconds),
    catch: failureInBranch(EXTRACT_FEATURES, FAILED),
  });
  const failed = settings.continueOnFeaturesFailure ? branchGivenUp("'features': true") : branchFailed();
  return {
    branch: { StartAt: EXTRACT_FEATURES, States: { [EXTRACT_FEATURES]: state, [FAILED]: failed } },
    statements,
  };
}
