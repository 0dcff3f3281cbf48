import { branchFailed, failureInBranch } from "./failure";
import { expression } from "./jsonata";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { type BuiltBranch, chosen, jobDefinitionArn, queueArn } from "./states";
import { submitJob } from "./submitJob";

const EXTRACT_FEATURES = "Extract Features";
const FAILED = "Extract Features Failed";

export function extractFeatures(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const job = settings.jobs.features;
  const jobDefinition = jobDefinitionArn(arns, "features");
  const jobQueue = queueArn(arns, settings.lastQueue);
  const parameters = chosen(job.parameters, { input: expression("$input"), output: expression("$output") });
  const { state, statements } = submitJob({
    jobDefinition,
    jobQueue,
    arguments: {
      JobName: `${settings.name}-ExtractFeatures`,
      JobDefinition: jobDefinition,
      JobQueue: jobQueue,
      ...(parameters ? { Parameters: parameters } : {}),
    },
    timeoutSeconds: job.timeoutSeconds,
    catch: failureInBranch(EXTRACT_FEATURES, job.timeoutSeconds, FAILED),
  });
  return {
    branch: { StartAt: EXTRACT_FEATURES, States: { [EXTRACT_FEATURES]: state, [FAILED]: branchFailed() } },
    statements,
  };
}
