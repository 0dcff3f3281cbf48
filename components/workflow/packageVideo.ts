import { failureOf } from "./failure";
import { expression } from "./jsonata";
import type { WorkflowArns, WorkflowJob, WorkflowSettings } from "./settings";
import { type BuiltStates, chosen, jobDefinitionArn, queueArn } from "./states";
import { submitJob } from "./submitJob";

export const PACKAGE_VIDEO = "Package Video";

/** On the first queue: a video that is nearly done goes before one that begins. */
export function packageVideo(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  job: WorkflowJob,
  next: string,
): BuiltStates {
  const jobDefinition = jobDefinitionArn(arns, "package");
  const jobQueue = queueArn(arns, settings.firstQueue);
  const parameters = chosen(job.parameters, { input: expression("$input"), output: expression("$output") });
  const { state, statements } = submitJob({
    jobDefinition,
    jobQueue,
    arguments: {
      JobName: `${settings.name}-PackageVideo`,
      JobDefinition: jobDefinition,
      JobQueue: jobQueue,
      ...(parameters ? { Parameters: parameters } : {}),
    },
    timeoutSeconds: job.timeoutSeconds,
    catch: failureOf(PACKAGE_VIDEO, job.timeoutSeconds),
    next,
  });
  return { states: { [PACKAGE_VIDEO]: state }, statements };
}
