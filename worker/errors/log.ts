import { sentence } from "./errors";

/**
 * Says on stderr what went wrong besides. The last line there is the one sentence that a failed job ends with, so this has to come
 * before it.
 */
export function logError(what: string, error: unknown): void {
  process.stderr.write(`${what}: ${sentence(error)}\n`);
}

/** Does what a failure calls for, and then fails with it. If that fails too, the job ends with its sentence, and the first one is logged. */
export async function failAfter(failure: unknown, work: () => Promise<unknown>): Promise<never> {
  try {
    await work();
  } catch (error) {
    if (sentence(error) !== sentence(failure)) logError("Before the failure below", failure);
    throw error;
  }
  throw failure;
}
