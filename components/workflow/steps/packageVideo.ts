import { PACKAGE_VIDEO } from "../../../contract/states";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { jobOnQueue } from "../batch/jobOnQueue";
import { missingParameter } from "../failure/missing";
import type { WorkflowArns, WorkflowJob, WorkflowSettings } from "../settings/settings";
import { type BuiltStates, pickParameters } from "../asl/builtStates";
import { submitJob } from "../batch/submitJob";
import { stateTimeout } from "../asl/timeouts";

/** On the first queue: a video that is nearly done goes before one that begins. */
export function packageVideo(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  job: WorkflowJob,
  next: string,
): BuiltStates {
  const { state, statements } = submitJob({
    ...jobOnQueue(settings, arns, {
      job: "package",
      queue: settings.firstQueue,
      name: "PackageVideo",
      parameters: pickParameters(job.parameters, {
        input: expression("$input"),
        output: expression("$output"),
        plan: expression("$plan"),
        missing: missingParameter(settings),
      }),
    }),
    timeoutSeconds: stateTimeout(settings, job, job.attemptTimeoutSeconds, { afterApproval: true }),
    catch: catchAll(PACKAGE_VIDEO, { next: afterFailedJob(settings) }),
    next,
  });
  return { states: { [PACKAGE_VIDEO]: state }, statements };
}
