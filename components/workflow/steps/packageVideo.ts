import { MISSING_WORK } from "../../../contract/jobs";
import { CHECK_PACKAGING, EXTRACT_METADATA, PACKAGE_VIDEO } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { ChoiceState } from "../asl/states";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { submitJob } from "../batch/submitJob";
import { inputAgain } from "../failure/beginAgain";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { missingParameter } from "../failure/missing";
import { expression } from "../jsonata/code";
import { exitCodeOrNull } from "../jsonata/failure";
import { ENDED_JOB } from "../jsonata/jobs";
import { lacksWork } from "../jsonata/redrive";
import type { WorkflowArns } from "../settings/arns";
import { remakes, reportsDamage } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";

/** Runs on the first queue: a video that is nearly done takes precedence over a new one. */
export function packageVideo(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const onFailure = remakes(settings)
    ? { alsoAssign: { exitCode: expression(exitCodeOrNull()) }, next: CHECK_PACKAGING }
    : { next: afterFailedJob(settings) };
  const { state, statements } = submitJob(settings, arns, {
    job: "package",
    queue: settings.firstQueue,
    name: "PackageVideo",
    parameters: { ...COMMON_PARAMETERS, missing: missingParameter(settings) },
    afterApproval: true,
    catch: catchAll(PACKAGE_VIDEO, onFailure),
    ...(reportsDamage(settings) ? { assign: { packageJob: expression(ENDED_JOB) } } : {}),
    next,
  });
  return { states: { [PACKAGE_VIDEO]: state }, statements };
}

/**
 * Lets the execution begin again, once, when packaging finds work missing: intermediates may have expired before a redrive, or somebody
 * removed segments.
 */
export function checkPackaging(settings: WorkflowSettings): BuiltStates {
  const state: ChoiceState = {
    Type: "Choice",
    Choices: [
      {
        Condition: expression(lacksWork(MISSING_WORK)),
        Output: inputAgain(settings, { remade: "true" }),
        Next: EXTRACT_METADATA,
      },
    ],
    Default: afterFailedJob(settings),
  };
  return { states: { [CHECK_PACKAGING]: state }, statements: [] };
}
