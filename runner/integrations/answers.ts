import type { JsonObject } from "../../contract/asl";
import { REJECTED } from "../../contract/notices";
import { StatesError } from "../stateMachine/errors";

/** Approval of a video, as the output of the step that asks for it. */
export function approval(by: string): JsonObject {
  return { by };
}

/** Rejection of a video, as an error whose cause says who rejected it and why. */
export function rejection(by: string, why?: string): { error: string; cause: string } {
  return { error: REJECTED, cause: why === undefined || why === "" ? `by ${by}.` : `by ${by}: ${why}` };
}

export function rejectionError(by: string, why?: string): StatesError {
  const { error, cause } = rejection(by, why);
  return new StatesError(error, cause);
}
