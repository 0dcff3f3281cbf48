import { sentence } from "./errors";

/** Logs a further problem on stderr. A failed job's last line there is its one sentence, so this must come before it. */
export function logError(what: string, error: unknown): void {
  process.stderr.write(`${what}: ${sentence(error)}\n`);
}

/**
 * Does the work that a failure requires, and then throws the failure. If the work fails too, its error is thrown, and the
 * first one is logged.
 */
export async function failAfter(failure: unknown, work: () => Promise<unknown>): Promise<never> {
  try {
    await work();
  } catch (error) {
    if (sentence(error) !== sentence(failure)) logError("Before the failure below", failure);
    throw error;
  }
  throw failure;
}
