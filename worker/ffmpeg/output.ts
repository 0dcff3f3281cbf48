import type { Ending } from "./failure";
import { failureOf } from "./missingFeatures";
import type { RunningProgram } from "./run";

/**
 * What the program writes to its standard output or another one, and at its end the program's verdict: a failure is thrown before a
 * reader can take a cut-off output for a damaged one.
 */
export async function* checkedOutput(
  program: RunningProgram,
  subject: string,
  output = program.output,
): AsyncGenerator<Buffer, void> {
  yield* output as AsyncIterable<Buffer>;
  await succeeded(program, subject);
}

/** Waits for the program's end, which has to be a good one. */
export async function succeeded(program: RunningProgram, subject: string): Promise<Ending> {
  const ending = await program.ended;
  if (ending.code !== 0) throw await failureOf(program, subject, ending);
  return ending;
}
