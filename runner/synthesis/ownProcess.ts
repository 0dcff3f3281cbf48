import { fork } from "node:child_process";
import path from "node:path";

import type { Program } from "./program";
import type { Synthesis } from "./synthesis";
import { UsageError } from "../../contract/usageError";

/** What the process of a program sends to the one that started it. */
export type Outcome = { synthesis: Synthesis } | { failure: Failure };

/** An error of the program. */
export interface Failure {
  name: string;
  message: string;
  stack?: string;
  /** True for an error that the user can correct. */
  usage: boolean;
}

const SCRIPT = path.join(__dirname, `programProcess${path.extname(__filename)}`);
/** In this repository, our own files are TypeScript too. */
const COMPILER = __filename.endsWith(".ts") ? ["-r", path.resolve(__dirname, "../../scripts/ts-node.cjs")] : [];

/** Evaluates a program in a process of its own, which starts as Pulumi would start it. */
export async function evaluateApart(program: Program): Promise<Synthesis> {
  const { directory, environment, nodeArguments, workingDirectory } = program;
  const child = fork(SCRIPT, {
    execArgv: [...COMPILER, ...nodeArguments],
    cwd: workingDirectory,
    env: { ...process.env, ...environment },
    // Strings that are not Unicode and values such as NaN arrive unchanged.
    serialization: "advanced",
  });
  let outcome: Outcome | undefined;
  child.once("message", (message) => (outcome = message as Outcome));
  const ended = new Promise<string>((resolve, reject) =>
    child.once("error", reject).once("close", (code, signal) => resolve(signal ?? `exit code ${code}`)),
  );
  // If it can't be sent, the process has ended, and how it did says more.
  child.send(program, () => undefined);
  const how = await ended;
  if (!outcome) throw new UsageError(`The program in ${directory} ended its process with ${how} before it finished.`);
  if ("failure" in outcome) throw toError(outcome.failure);
  return outcome.synthesis;
}

function toError({ name, message, stack, usage }: Failure): Error {
  return Object.assign(usage ? new UsageError(message) : new Error(message), { name, stack });
}
