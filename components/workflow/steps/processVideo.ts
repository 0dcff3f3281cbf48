import { PROCESS_VIDEO, TRANSCODE_VIDEO } from "../../../contract/states";
import type { BuiltBranch, BuiltStates } from "../asl/builtStates";
import type { ParallelState } from "../asl/states";
import { afterFailedJob, catchBranches } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { allOmissions, renditionOmissions, sharedOmissions } from "../jsonata/missing";
import type { WorkflowArns } from "../settings/arns";
import { continuesOnFailure } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { buildBranch } from "./branch";
import { extractFeatures } from "./extractFeatures";
import { transcodeAudio } from "./transcodeAudio";
import { transcodeRendition } from "./transcodeRendition";

/**
 * Extracts features and encodes all tracks in parallel. When a branch fails, Step Functions stops the others and their
 * jobs.
 */
export function processVideo(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const features = buildBranch(settings, arns, extractFeatures(settings));
  const transcodes = transcodeVideo(settings, arns);
  const state: ParallelState = {
    Type: "Parallel",
    Branches: [features.branch, transcodes.branch],
    Catch: [catchBranches(PROCESS_VIDEO, afterFailedJob(settings))],
    ...(continuesOnFailure(settings) ? { Assign: { missing: expression(allOmissions()) } } : {}),
    Output: {},
    Next: next,
  };
  return { states: { [PROCESS_VIDEO]: state }, statements: [...features.statements, ...transcodes.statements] };
}

function transcodeVideo(settings: WorkflowSettings, arns: WorkflowArns): BuiltBranch {
  const branches = [
    ...settings.renditions.map((rendition) => transcodeRendition(settings, rendition)),
    ...(settings.usesWorkerPlan ? [transcodeAudio(settings)] : []),
  ].map((description) => buildBranch(settings, arns, description));
  const omissions = settings.usesWorkerPlan ? sharedOmissions() : renditionOmissions();
  const state: ParallelState = {
    Type: "Parallel",
    Branches: branches.map(({ branch }) => branch),
    Output: settings.continueOnRenditionFailure ? { missing: expression(omissions) } : {},
    End: true,
  };
  return {
    branch: { StartAt: TRANSCODE_VIDEO, States: { [TRANSCODE_VIDEO]: state } },
    statements: branches.flatMap(({ statements }) => statements),
  };
}
