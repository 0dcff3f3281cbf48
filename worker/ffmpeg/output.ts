import { failureError, isTransient, type ProgramExit } from "./failure";
import { explainFailure } from "./explainFailure";
import type { RunningProgram } from "./run";

/**
 * Yields the program's standard output or another output of it. If the program fails, throws at the end of its output, so that a reader
 * can't take a truncated output for a damaged one.
 */
export async function* readOutput(
  program: RunningProgram,
  subject: string,
  output = program.output,
): AsyncGenerator<Buffer, void> {
  yield* output as AsyncIterable<Buffer>;
  await awaitSuccess(program, subject);
}

/** Waits for the program to end, and throws if it failed, or if it went on without what the machine kept from it. */
export async function awaitSuccess(program: RunningProgram, subject: string): Promise<ProgramExit> {
  const exit = await program.ended;
  if (exit.code !== 0) throw await explainFailure(program, subject, exit);
  if (isTransient(exit.stderr)) throw failureError(subject, exit);
  return exit;
}
