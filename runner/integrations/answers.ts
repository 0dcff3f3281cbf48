import type { JsonObject } from "../../contract/asl";
import { REJECTED } from "../../contract/notices";
import { StatesError } from "../stateMachine/errors";

/** The answer that a video may be published, as the output of the step that asks. */
export function approved(by: string): JsonObject {
  return { by };
}

/** The answer that it may not: an error with a cause that says who and why. */
export function rejection(by: string, why?: string): { error: string; cause: string } {
  return { error: REJECTED, cause: why === undefined || why === "" ? `by ${by}.` : `by ${by}: ${why}` };
}

export function rejected(by: string, why?: string): StatesError {
  const { error, cause } = rejection(by, why);
  return new StatesError(error, cause);
}
