/** The input can never work: another attempt would fail the same way. Ends the process with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Something around the job failed and may be better next time. Ends the process with exit code 1. */
export class JobError extends Error {
  override readonly name = "JobError";
}

/** The text of whatever was thrown, on one line, so that it can be the last line of a log. */
export function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*[\r\n]+\s*/g, " ").trim() || "It failed without saying why.";
}
