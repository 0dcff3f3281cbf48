import type { Json } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import { PAYLOAD_QUOTA } from "../stateMachine/quotas";

/** Fails the state if the result is too large, before reading it. */
export function refuseLarge(what: string, bytes: number): void {
  if (bytes <= PAYLOAD_QUOTA) return;
  throw new StatesError(
    "States.DataLimitExceeded",
    `${what} has ${bytes} bytes. The result of a task can have at most ${PAYLOAD_QUOTA}.`,
  );
}

/** The result of a call, unless it is too large for a task: then the state fails, whatever its `Output` would keep of it. */
export function sizedResult<T extends Json>(call: string, result: T): T {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= PAYLOAD_QUOTA) return result;
  throw new StatesError(
    "States.DataLimitExceeded",
    `The result of ${call} has ${bytes} bytes. The result of a task can have at most ${PAYLOAD_QUOTA}.`,
  );
}
