import { PACKAGE_VIDEO } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { submitJob } from "../batch/submitJob";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { missingParameter } from "../failure/missing";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

/** Runs on the first queue: a video that is nearly done takes precedence over a new one. */
export function packageVideo(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { state, statements } = submitJob(settings, arns, {
    job: "package",
    queue: settings.firstQueue,
    name: "PackageVideo",
    parameters: { ...COMMON_PARAMETERS, missing: missingParameter(settings) },
    afterApproval: true,
    catch: catchAll(PACKAGE_VIDEO, { next: afterFailedJob(settings) }),
    next,
  });
  return { states: { [PACKAGE_VIDEO]: state }, statements };
}
