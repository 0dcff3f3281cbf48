import { PROCESS_VIDEO, TRANSCODE_VIDEO } from "../../../contract/states";
import type { ParallelState } from "../asl/states";
import { extractFeatures } from "./extractFeatures";
import { afterFailedJob, failureOfBranches } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { continuesOnFailure } from "../failure/missing";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltBranch, BuiltStates } from "../asl/builtStates";
import { transcodeAudio } from "./transcodeAudio";
import { transcodeRendition } from "./transcodeRendition";

/** Features and all renditions side by side. One failure ends the siblings, and Step Functions their jobs. */
export function processVideo(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const features = extractFeatures(settings, arns);
  const transcodes = transcodeVideo(settings, arns);
  const state: ParallelState = {
    Type: "Parallel",
    Branches: [features.branch, transcodes.branch],
    Catch: [failureOfBranches(PROCESS_VIDEO, afterFailedJob(settings))],
    ...(continuesOnFailure(settings)
      ? { Assign: { missing: expression("[$states.result[step], $states.result.missing]") } }
      : {}),
    Output: {},
    Next: next,
  };
  return { states: { [PROCESS_VIDEO]: state }, statements: [...features.statements, ...transcodes.statements] };
}

function transcodeVideo(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const branches = [
    ...settings.renditions.map((rendition) => transcodeRendition(settings, arns, rendition)),
    ...(settings.usesWorkerPlan ? [transcodeAudio(settings, arns)] : []),
  ];
  const state: ParallelState = {
    Type: "Parallel",
    Branches: branches.map(({ branch }) => branch),
    Output: settings.continueOnRenditionFailure ? { missing: expression("[$states.result[step]]") } : {},
    End: true,
  };
  return {
    branch: { StartAt: TRANSCODE_VIDEO, States: { [TRANSCODE_VIDEO]: state } },
    statements: branches.flatMap(({ statements }) => statements),
  };
}
