import type { JsonObject } from "../../contract/asl";
import { untilAborted } from "../clock/untilAborted";
import type { ExecutionService, StartedExecution } from "../executions/service";
import { StatesError } from "../stateMachine/errors";
import type { ExecutionResult } from "../stateMachine/execution";
import type { TaskHandler } from "../stateMachine/task";
import { sizedResult } from "./resultSize";
import { requestOf } from "./startExecution";

/** Express executions are billed in steps of 100 ms and 64 MB. */
const BILLED_MS = 100;
const BILLED_MB = 64;

/**
 * `arn:aws:states:::aws-sdk:sfn:startSyncExecution`: runs an Express execution and waits for it. The call succeeds even if the execution
 * fails: its `Status` says so. Nothing stops an Express execution, so it goes on if the state times out or is cancelled.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function startSyncExecution(executions: ExecutionService): TaskHandler {
  return {
    fields: ["StateMachineArn", "Name", "Input", "TraceHeader", "IncludedData"],
    async run(args, { signal }) {
      const execution = start(executions, args);
      const result = await untilAborted(executions.whenEnded(execution), signal);
      return sizedResult("sfn:startSyncExecution", describe(execution, result, args));
    },
  };
}

function start(executions: ExecutionService, args: JsonObject): StartedExecution {
  try {
    return executions.startSync(requestOf(args));
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    // The integration of the SDK calls the service by its short name.
    throw new StatesError(error.error?.replace(/^StepFunctions\./, "Sfn."), error.cause);
  }
}

/** Input and output are text here, and times are ISO 8601. */
function describe(
  execution: StartedExecution,
  { status, output, error, cause }: ExecutionResult,
  { IncludedData, TraceHeader }: JsonObject,
): JsonObject {
  const { arn, name, stateMachineArn, input, started } = execution;
  const ended = execution.ended as number;
  const Included = IncludedData !== "METADATA_ONLY";
  return {
    ...{ ExecutionArn: arn, StateMachineArn: stateMachineArn, Name: name, Status: status },
    ...{ StartDate: new Date(started).toISOString(), StopDate: new Date(ended).toISOString() },
    ...{ ...(Included ? { Input: JSON.stringify(input) } : {}), InputDetails: { Included } },
    ...(output === undefined
      ? {}
      : { ...(Included ? { Output: JSON.stringify(output) } : {}), OutputDetails: { Included } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(TraceHeader === undefined ? {} : { TraceHeader }),
    BillingDetails: {
      BilledDurationInMilliseconds: Math.ceil((ended - started) / BILLED_MS) * BILLED_MS,
      BilledMemoryUsedInMB: BILLED_MB,
    },
  };
}
