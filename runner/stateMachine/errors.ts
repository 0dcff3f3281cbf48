/** An error as a state reports it: retriers and catchers match its name, people read its cause. */
export class StatesError extends Error {
  constructor(
    readonly error: string | undefined,
    override readonly cause: string | undefined,
  ) {
    super([error, cause].filter(Boolean).join(": ") || "The execution failed.");
    this.name = "StatesError";
  }

  /** As `$states.errorOutput` shows it: what a failed task does not say is null, and a timeout has no cause at all. */
  get output(): Record<string, string | null> {
    const { error = null, cause = null } = this;
    return error === "States.Timeout" && cause === null ? { Error: error } : { Error: error, Cause: cause };
  }
}

/** Why a state stops before its end: a sibling failed, its time is up, or the whole execution is aborted. */
export class Cancelled extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Cancelled";
  }
}

/**
 * Whether a retrier's or catcher's `ErrorEquals` covers an error. Neither wildcard covers a payload above the quota, and
 * no rule at all covers `States.Runtime`, which always fails the execution.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function covers(errorEquals: readonly string[], error: string | undefined): boolean {
  if (error === "States.Runtime") return false;
  if (error !== undefined && errorEquals.includes(error)) return true;
  if (error === "States.DataLimitExceeded") return false;
  if (errorEquals.includes("States.ALL")) return true;
  return errorEquals.includes("States.TaskFailed") && error !== "States.Timeout";
}
