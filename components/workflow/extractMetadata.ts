import { inputOrNull, inputUri, outputOrNull, outputUri } from "./executionInput";
import { failureOf } from "./failure";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { type BuiltStates, chosen, jobDefinitionArn, queueArn } from "./states";
import { submitJob } from "./submitJob";

export const EXTRACT_METADATA = "Extract Metadata";

/** The first state: it also finds out which video this is about, for all others. */
export function extractMetadata(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const job = settings.jobs.metadata;
  const jobDefinition = jobDefinitionArn(arns, "metadata");
  const jobQueue = queueArn(arns, settings.firstQueue);
  const uris = { input: inputUri(settings), output: outputUri(settings, arns) };
  const parameters = chosen(job.parameters, uris);
  const { state, statements } = submitJob({
    jobDefinition,
    jobQueue,
    arguments: {
      JobName: `${settings.name}-ExtractMetadata`,
      JobDefinition: jobDefinition,
      JobQueue: jobQueue,
      ...(parameters ? { Parameters: parameters } : {}),
    },
    timeoutSeconds: job.timeoutSeconds,
    // When the state fails, perhaps because of the input, `Assign` has not run, and the notice reads these variables.
    catch: failureOf(EXTRACT_METADATA, job.timeoutSeconds, { input: inputOrNull(), output: outputOrNull() }),
    assign: uris,
    next,
  });
  return { states: { [EXTRACT_METADATA]: state }, statements };
}
