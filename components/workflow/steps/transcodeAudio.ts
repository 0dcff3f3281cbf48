import { jobCommand } from "../../../contract/jobs";
import { AUDIO } from "../../../contract/outputs";
import { AUDIO_STATES } from "../../../contract/states";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { audioQueue, jobVariantFor } from "../batch/jobVariants";
import { announcesPlayable } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import type { BranchDescription } from "./branch";

/** Encodes the sound of all renditions, with another command of the worker in the transcode job. */
export function transcodeAudio(settings: WorkflowSettings): BranchDescription {
  const { transcode, check } = AUDIO_STATES;
  const queue = audioQueue(settings);
  // A job definition for sound has the command already, with parameters.
  const own = jobVariantFor(settings, "transcode", queue, AUDIO).command !== undefined;
  const command = own ? { parameters: COMMON_PARAMETERS } : { command: audioCommand(settings) };
  return {
    states: AUDIO_STATES,
    steps: [{ name: transcode, check, job: { job: "transcode", queue, name: transcode, track: AUDIO, ...command } }],
    onFailure: "failVideo",
  };
}

/** The command with the values in place: a command that a submit overrides has no parameters of its own. */
function audioCommand(settings: WorkflowSettings): string[] {
  const values: Record<string, string> = COMMON_PARAMETERS;
  return jobCommand("audio", announcesPlayable(settings)).map((word) =>
    word.startsWith("Ref::") ? values[word.slice(5)]! : word,
  );
}
