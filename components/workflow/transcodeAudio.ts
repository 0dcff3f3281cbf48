import { branchFailed, failureInBranch } from "./failure";
import { expression } from "./jsonata";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { type BuiltBranch, jobDefinitionArn, queueArn } from "./states";
import { submitJob } from "./submitJob";

const CHECK = "Check_audio";
const TRANSCODE = "Transcode_audio";
const SKIP = "Skip_audio";
const FAILED = "Transcode_audio Failed";

/** The sound of all renditions: the worker's other command, on the transcode job definition. */
export function transcodeAudio(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const job = settings.jobs.transcode;
  const jobDefinition = jobDefinitionArn(arns, "transcode");
  const jobQueue = queueArn(arns, settings.parts[0]?.queue ?? settings.firstQueue);
  const { state, statements } = submitJob({
    jobDefinition,
    jobQueue,
    arguments: {
      JobName: `${settings.name}-${TRANSCODE}`,
      JobDefinition: jobDefinition,
      JobQueue: jobQueue,
      ContainerOverrides: {
        Command: ["worker", "audio", "--input", expression("$input"), "--output", expression("$output")],
      },
    },
    timeoutSeconds: job.timeoutSeconds,
    catch: failureInBranch(TRANSCODE, job.timeoutSeconds, FAILED),
  });
  return {
    branch: {
      StartAt: CHECK,
      States: {
        [CHECK]: { Type: "Choice", Choices: [{ Condition: expression("$audio"), Next: TRANSCODE }], Default: SKIP },
        [TRANSCODE]: state,
        [SKIP]: { Type: "Succeed", Output: {} },
        [FAILED]: branchFailed(),
      },
    },
    statements,
  };
}
