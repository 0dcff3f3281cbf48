import type { Json, JsonObject } from "../../contract/asl";
import type { ExecutionService, StartedExecution, StartRequest } from "../executions/service";
import { StatesError } from "../stateMachine/errors";
import type { ExecutionResult } from "../stateMachine/execution";
import type { TaskHandler } from "../stateMachine/task";
import { sizedResult } from "./resultSize";

const FIELDS = ["StateMachineArn", "Name", "Input", "TraceHeader"];

/** `arn:aws:states:::states:startExecution`: starts an execution, and does not wait for its end. */
export function startExecution(executions: ExecutionService): TaskHandler {
  return {
    fields: FIELDS,
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run(args) {
      const { arn, started } = executions.start(requestOf(args));
      return { ExecutionArn: arn, StartDate: started };
    },
  };
}

/**
 * `arn:aws:states:::states:startExecution.sync` and `.sync:2`: starts an execution, waits for it, and stops it if the state is cancelled.
 * The second version reads the output, which the first leaves as text. Step Functions doesn't support either for an Express execution,
 * which it can't describe.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function startExecutionSync(executions: ExecutionService, version: 1 | 2): TaskHandler {
  return {
    fields: FIELDS,
    async run(args, { signal }) {
      const request = requestOf(args);
      if (executions.typeOf(request.stateMachineArn) === "EXPRESS") throw notForExpress(request.stateMachineArn);
      const execution = executions.start(request);
      const stop = (): void => executions.stop(execution, "The state that waits for the execution was cancelled.");
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
      const result = await executions.whenEnded(execution);
      signal.removeEventListener("abort", stop);
      signal.throwIfAborted();
      const described = describe(execution, result);
      if (result.status !== "SUCCEEDED") throw new StatesError("States.TaskFailed", JSON.stringify(described));
      const read = { ...described, Input: execution.input, Output: result.output as Json };
      return sizedResult("states:startExecution", version === 2 ? read : described);
    },
  };
}

/** What `DescribeExecution` says, with large first letters. */
function describe(execution: StartedExecution, { status, output, error, cause }: ExecutionResult): JsonObject {
  return {
    ...{ ExecutionArn: execution.arn, StateMachineArn: execution.stateMachineArn, Name: execution.name },
    ...{ Status: status, StartDate: execution.started, StopDate: execution.ended as number },
    ...{ Input: JSON.stringify(execution.input), InputDetails: { Included: true } },
    ...(output === undefined ? {} : { Output: JSON.stringify(output), OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

export function requestOf({ StateMachineArn, Name, Input }: JsonObject): StartRequest {
  return {
    stateMachineArn: StateMachineArn as string,
    ...(Name === undefined ? {} : { name: Name as string }),
    ...(Input === undefined ? {} : { input: asText(Input) }),
  };
}

/** Step Functions turns an input that is not text into JSON. */
function asText(input: Json): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}

/** The documentation says only that it isn't supported. This is what the API answers to `DescribeExecution`. */
function notForExpress(arn: string): StatesError {
  return new StatesError(
    "StepFunctions.StateMachineTypeNotSupportedException",
    `states:startExecution can't wait for the Express state machine '${arn}'. Use aws-sdk:sfn:startSyncExecution.`,
  );
}
