import { ProgramError } from "../runner/program";

/** The pipeline failed. */
export const FAILED = 1;
/** Wrong usage: nothing was started. */
export const USAGE = 2;

/** Says what went wrong, without a stack trace, and returns the exit code that goes with it. */
export function reportError(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  return error instanceof ProgramError || isInputError(error) ? USAGE : FAILED;
}

/** Wrong arguments of the component, told apart by name because the program may have its own copy of the SDK. */
function isInputError(error: unknown): boolean {
  return error instanceof Error && "__pulumiInputPropertiesError" in error;
}
