import type { Json } from "../../contract/asl";
import type { ExecutionService } from "../executions/service";
import type { TaskHandler } from "../stateMachine/task";

/** `arn:aws:states:::states:startExecution`: starts an execution, and does not wait for its end. */
export function startExecution(executions: ExecutionService): TaskHandler {
  return {
    fields: ["StateMachineArn", "Name", "Input", "TraceHeader"],
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run({ StateMachineArn, Name, Input }) {
      const { arn, started } = executions.start({
        stateMachineArn: StateMachineArn as string,
        ...(Name === undefined ? {} : { name: Name as string }),
        ...(Input === undefined ? {} : { input: asText(Input) }),
      });
      return { ExecutionArn: arn, StartDate: started };
    },
  };
}

/** Step Functions turns an input that is not text into JSON. */
function asText(input: Json): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}
