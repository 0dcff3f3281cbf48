import { AUDIO_STATES } from "../../../contract/states";
import { ifDone, writeDownDone } from "../storage/doneJobs";
import { branchFailed, failureInBranch } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { AUDIO, audioQueue, jobVariantFor } from "../batch/jobVariants";
import { jobOnQueue } from "../batch/jobOnQueue";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltBranch } from "../asl/builtStates";
import { submitJob } from "../batch/submitJob";
import { stateTimeout } from "../asl/timeouts";

const { check: CHECK, transcode: TRANSCODE, recordDone: DONE, skip: SKIP, failed: FAILED } = AUDIO_STATES;

/** The sound of all renditions: the worker's other command, on the transcode job definition. */
export function transcodeAudio(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const job = settings.jobs.transcode;
  const queue = audioQueue(settings);
  const parameters = { input: expression("$input"), output: expression("$output"), plan: expression("$plan") };
  // A definition of its own has the command already, and wants its parameters.
  const own = jobVariantFor(settings, "transcode", queue, AUDIO).command !== undefined;
  const { state, statements } = submitJob({
    ...jobOnQueue(settings, arns, {
      job: "transcode",
      queue,
      name: TRANSCODE,
      only: AUDIO,
      ...(own
        ? { parameters }
        : {
            command: [
              "worker",
              "audio",
              ...Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, value]),
            ],
          }),
    }),
    timeoutSeconds: stateTimeout(settings, job, job.attemptTimeoutSeconds),
    catch: failureInBranch(TRANSCODE, FAILED),
    next: DONE,
  });
  const done = writeDownDone(settings, arns, TRANSCODE, undefined, SKIP);
  return {
    branch: {
      StartAt: CHECK,
      States: {
        [CHECK]: {
          Type: "Choice",
          Choices: [ifDone(TRANSCODE, SKIP), { Condition: expression("$audio"), Next: TRANSCODE }],
          Default: SKIP,
        },
        [TRANSCODE]: state,
        [DONE]: done.state,
        [SKIP]: { Type: "Succeed", Output: {} },
        [FAILED]: branchFailed(),
      },
    },
    statements: [...statements, ...done.statements],
  };
}
