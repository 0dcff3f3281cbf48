import { JOB_COMMANDS } from "../../../contract/jobs";
import { AUDIO } from "../../../contract/outputs";
import { AUDIO_STATES } from "../../../contract/states";
import type { BuiltBranch } from "../asl/builtStates";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { audioQueue, jobVariantFor } from "../batch/jobVariants";
import { submitJob } from "../batch/submitJob";
import { catchInBranch, failBranch } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { VARIABLES } from "../jsonata/variables";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { recordDone, skipIfDone } from "../storage/doneSteps";

const { check: CHECK, transcode: TRANSCODE, recordDone: RECORD_DONE, skip: SKIP, failed: FAILED } = AUDIO_STATES;

/** Encodes the sound of all renditions, with another command of the worker in the transcode job. */
export function transcodeAudio(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const queue = audioQueue(settings);
  // A job definition for sound has the command already, with parameters.
  const own = jobVariantFor(settings, "transcode", queue, AUDIO).command !== undefined;
  const { state, statements } = submitJob(settings, arns, {
    job: "transcode",
    queue,
    name: TRANSCODE,
    track: AUDIO,
    ...(own ? { parameters: COMMON_PARAMETERS } : { command: audioCommand() }),
    catch: catchInBranch(TRANSCODE, FAILED),
    next: RECORD_DONE,
  });
  const done = recordDone(settings, arns, { step: TRANSCODE, end: SKIP });
  return {
    branch: {
      StartAt: CHECK,
      States: {
        [CHECK]: {
          Type: "Choice",
          Choices: [skipIfDone(TRANSCODE, SKIP), { Condition: expression(VARIABLES.audio), Next: TRANSCODE }],
          Default: SKIP,
        },
        [TRANSCODE]: state,
        [RECORD_DONE]: done.state,
        [SKIP]: { Type: "Succeed", Output: {} },
        [FAILED]: failBranch(),
      },
    },
    statements: [...statements, ...done.statements],
  };
}

/** The command with the values in place: a command that a submit overrides has no parameters of its own. */
function audioCommand(): string[] {
  const values: Record<string, string> = COMMON_PARAMETERS;
  return JOB_COMMANDS.audio.map((word) => (word.startsWith("Ref::") ? values[word.slice(5)]! : word));
}
