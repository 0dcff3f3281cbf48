import type { Json } from "../../contract/asl";
import type { Clock } from "../clock/clock";
import { findFunction, type LocalFunction } from "../lambda/function";
import { type FunctionError, invoke } from "../lambda/invocation";
import { StatesError } from "../stateMachine/errors";
import { PAYLOAD_QUOTA } from "../stateMachine/quotas";
import type { TaskHandler } from "../stateMachine/task";
import { refuseLarge } from "./resultSize";

export interface FunctionsOptions {
  functions: readonly LocalFunction[];
  clock: Clock;
  /** Folder for what functions print. Without it, that gets lost. */
  logs?: string | undefined;
}

/**
 * `arn:aws:states:::lambda:invoke`: runs the function's code, and waits for its answer. The error of the function is that of the task: its
 * type is the name, and what the function answers is the cause.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function invokeFunction({ functions, clock, logs }: FunctionsOptions): TaskHandler {
  return {
    fields: ["FunctionName", "Payload", "Qualifier"],
    async run({ FunctionName, Payload = {}, Qualifier }, { signal }) {
      refuseLargeRequest(Payload);
      const found = findFunction(functions, FunctionName as string, Qualifier as string | undefined);
      if ("error" in found) throw new StatesError(found.error, found.cause);
      const options = { signal, ...(logs === undefined ? {} : { logs }) };
      const answer = await clock.during(invoke(found, Payload, options));
      if ("error" in answer) throw failure(answer.error);
      refuseLarge(`The answer of ${found.called.name}`, Buffer.byteLength(answer.payload));
      return { ExecutedVersion: found.version, Payload: JSON.parse(answer.payload) as Json, StatusCode: 200 };
    },
  };
}

function failure(error: FunctionError): StatesError {
  return new StatesError(error.errorType, JSON.stringify(error));
}

/** Lambda takes 6 MB, which no state machine has. */
function refuseLargeRequest(payload: Json): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= PAYLOAD_QUOTA) return;
  throw new StatesError(
    "States.DataLimitExceeded",
    `The Payload has ${bytes} bytes. The arguments of a task can have at most ${PAYLOAD_QUOTA}.`,
  );
}
