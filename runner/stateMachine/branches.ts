import { LinkedAbort } from "../clock/linkedAbort";
import { Cancelled } from "./errors";

/**
 * Runs the branches of a Parallel or the items of a Map, at most `limit` at a time. When one fails, the others are
 * cancelled, and the failure is thrown only after all of them have ended.
 */
export async function runTogether<T>(
  count: number,
  limit: number,
  outer: AbortSignal,
  run: (index: number, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const siblings = new LinkedAbort(outer);
  const { signal } = siblings;
  const results: T[] = [];
  let next = 0;
  let failure: { error: unknown } | undefined;

  async function lane(): Promise<void> {
    while (next < count && !signal.aborted) {
      const index = next++;
      try {
        results[index] = await run(index, signal);
      } catch (error) {
        failure ??= { error };
        siblings.abort(new Cancelled("Another branch failed."));
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
  siblings.release();
  outer.throwIfAborted();
  if (failure) throw failure.error;
  return results;
}
