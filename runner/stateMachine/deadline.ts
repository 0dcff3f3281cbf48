import type { Clock } from "../clock/clock";
import { LinkedAbort } from "../clock/linkedAbort";
import { StatesError } from "./errors";

/**
 * Aborts `run` after `seconds`, waits for it to end, and then fails with `States.Timeout`. The service has an empty
 * cause too.
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
    // A result that arrives after the deadline does not count.
    deadline.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    // Without a reason it would make a DOMException, with a stack trace, for nobody.
    timer.abort("The deadline is not needed any more.");
    deadline.release();
  }
}
