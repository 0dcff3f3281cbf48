import { EXTRACT_METADATA } from "../../../contract/states";
import { doneVariables, writesDownDone } from "../storage/doneJobs";
import { inputOrNull, inputUri, outputOrNull, outputUri } from "../jsonata/executionInput";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { jobOnQueue } from "../batch/jobOnQueue";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import { shareVariables } from "../batch/shares";
import { type BuiltStates, pickParameters } from "../asl/builtStates";
import { submitJob } from "../batch/submitJob";
import { stateTimeout } from "../asl/timeouts";

/** The first state: it also finds out which video this is about, for all others. */
export function extractMetadata(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const job = settings.jobs.metadata;
  const uris = { input: inputUri(settings), output: outputUri(settings, arns) };
  const { state, statements } = submitJob({
    ...jobOnQueue(settings, arns, {
      job: "metadata",
      queue: settings.firstQueue,
      name: "ExtractMetadata",
      parameters: pickParameters(job.parameters, uris),
      // What this state assigns can only be read by the ones after it.
      shareFrom: "input",
    }),
    timeoutSeconds: stateTimeout(settings, job, job.attemptTimeoutSeconds),
    // When the state fails, perhaps because of the input, `Assign` has not run, and the notice reads these variables.
    catch: catchAll(EXTRACT_METADATA, {
      alsoAssign: { input: inputOrNull(), output: outputOrNull(settings, arns) },
      next: afterFailedJob(settings),
    }),
    assign: { ...uris, ...shareVariables(settings), ...(writesDownDone(settings) ? doneVariables(uris.output) : {}) },
    next,
  });
  return { states: { [EXTRACT_METADATA]: state }, statements };
}
