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
