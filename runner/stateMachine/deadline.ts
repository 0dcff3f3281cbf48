import type { Clock } from "../clock";
import { LinkedAbort } from "../linkedAbort";
import { StatesError } from "./errors";

/**
 * Runs something that is aborted after `seconds`, and fails with `States.Timeout` once it has ended. The empty cause is the
 * service's.
 */
export async function withDeadline<T>(
  clock: Clock,
  seconds: number | undefined,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (seconds === undefined) return run(outer);
  const deadline = new LinkedAbort(outer);
  const timer = new AbortController();
  clock.sleep(seconds * 1000, timer.signal).then(
    () => deadline.abort(new StatesError("States.Timeout", "")),
    () => undefined,
  );
  try {
    const result = await run(deadline.signal);
    // What the work returns after its time was up does not count.
    deadline.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    timer.abort();
    deadline.release();
  }
}
