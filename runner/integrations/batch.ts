import type { SubmittedJob } from "../batch/service";
import type { BatchService } from "../batch/service";
import { BatchClientError } from "../batch/api/errors";
import { SUBMIT_FIELDS } from "../batch/api/submission";
import type { JsonObject } from "../../contract/asl";
import { Cancelled, StatesError } from "../stateMachine/errors";
import type { StateVisit } from "../../contract/events";
import type { TaskHandler } from "../stateMachine/task";

/** Environment variable that Step Functions adds to every job that it submits. */
const MANAGED = { Name: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" };

/**
 * `arn:aws:states:::batch:submitJob.sync`: submits a job and waits for it. As in the service, a failed job causes
 * `States.TaskFailed` with the description of the job as the cause. If the state is cancelled, it terminates the job, and ends
 * after the job's processes.
 */
export function submitJobSync(
  batch: BatchService,
  onSubmitted: (job: SubmittedJob, visit: StateVisit) => void = () => undefined,
): TaskHandler {
  return {
    fields: SUBMIT_FIELDS,
    async run(args, { signal, visit }) {
      const job = submit(batch, args);
      onSubmitted(job, visit);
      const terminate = (): void => void batch.terminate(job.JobId, terminationReason(signal));
      signal.addEventListener("abort", terminate, { once: true });
      if (signal.aborted) terminate();
      const detail = await batch.whenEnded(job.JobId);
      signal.removeEventListener("abort", terminate);
      signal.throwIfAborted();
      if (detail.Status === "FAILED") throw new StatesError("States.TaskFailed", JSON.stringify(detail));
      return JSON.parse(JSON.stringify(detail)) as JsonObject;
    },
  };
}

function submit(batch: BatchService, args: JsonObject): SubmittedJob {
  try {
    return batch.submit(withManagedVariable(args));
  } catch (error) {
    if (!(error instanceof BatchClientError)) throw error;
    throw new StatesError("Batch.AWSBatchException", error.message);
  }
}

function withManagedVariable(args: JsonObject): JsonObject {
  const overrides = args["ContainerOverrides"] ?? {};
  if (typeof overrides !== "object" || overrides === null || Array.isArray(overrides)) return args;
  const environment = overrides["Environment"] ?? [];
  if (!Array.isArray(environment)) return args;
  return { ...args, ContainerOverrides: { ...overrides, Environment: [...environment, MANAGED] } };
}

function terminationReason({ reason }: AbortSignal): string {
  if (reason instanceof Cancelled) return reason.message;
  if (reason instanceof StatesError && reason.error === "States.Timeout") return "The state timed out.";
  return typeof reason === "string" ? reason : "The execution was aborted.";
}
