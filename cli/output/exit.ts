import { loadSdk } from "../../runner/synthesis/sdk";
import { UnsupportedDefinition } from "../../runner/stateMachine/check";
import { UsageError } from "../../contract/usageError";
import type { Output } from "./output";

/** The pipeline failed. */
export const FAILED = 1;
/** A usage error: nothing was started. */
export const USAGE = 2;

/** Prints the error and returns its exit code. For an unexpected error it also prints how to get the stack trace. */
export function reportError(error: unknown, { stderr }: Output, { verbose }: { verbose: boolean }): number {
  const expected = error instanceof Error && isUsage(error);
  if (verbose) stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  else if (expected) stderr.write(`${error.message}\n`);
  else stderr.write(`${String(error)}\nRun it again with --verbose to see the stack trace.\n`);
  return expected ? USAGE : FAILED;
}

function isUsage(error: Error): boolean {
  if (error instanceof UsageError || error instanceof UnsupportedDefinition) return true;
  const { RunError, InputPropertiesError } = loadSdk();
  return RunError.isInstance(error) || InputPropertiesError.isInstance(error);
}
