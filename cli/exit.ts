import * as pulumi from "@pulumi/pulumi";

import { UnsupportedDefinition } from "../runner/stateMachine/check";
import { UsageError } from "../runner/usageError";
import type { Output } from "./output";

/** The pipeline failed. */
export const FAILED = 1;
/** Wrong usage: nothing was started. */
export const USAGE = 2;

/** Says what went wrong, and returns the exit code that goes with it. Only an error of ours comes with a stack trace. */
export function reportError(error: unknown, { stderr }: Output): number {
  const expected = error instanceof Error && isUsage(error);
  const message = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  stderr.write(`${message}\n`);
  return expected ? USAGE : FAILED;
}

function isUsage(error: Error): boolean {
  return (
    error instanceof UsageError ||
    error instanceof UnsupportedDefinition ||
    pulumi.RunError.isInstance(error) ||
    pulumi.InputPropertiesError.isInstance(error)
  );
}
