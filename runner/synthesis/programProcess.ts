/** The process of one program: gets the program, and sends its resources or its error. */
import { inspect } from "node:util";

import { evaluate } from "./evaluate";
import type { Failure, Outcome } from "./ownProcess";
import type { Program } from "./program";
import { loadSdk } from "./sdk";
import { UsageError } from "../../contract/usageError";

process.once("message", (program: Program) => {
  void evaluate(program)
    .then(
      (synthesis): Outcome => ({ synthesis }),
      (error: unknown): Outcome => ({ failure: toFailure(error) }),
    )
    // Whatever the program left running must not keep the process.
    .then((outcome) => process.send!(outcome, () => process.exit()));
});

function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: inspect(error), usage: false };
  const { RunError, InputPropertiesError } = loadSdk();
  const usage = error instanceof UsageError || RunError.isInstance(error) || InputPropertiesError.isInstance(error);
  const { name, message, stack } = error;
  return { name, message, stack, usage };
}
