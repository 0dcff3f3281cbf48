import { MISSING_WORK } from "../../contract/jobs";

/** The input can never work: another attempt would fail the same way. Ends the process with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Something outside the job failed, and may succeed next time. Ends the process with exit code 1. */
export class JobError extends Error {
  override readonly name = "JobError";
}

/** Work of other jobs is missing. Ends the process with exit code 3, so that they are ordered again. */
export class MissingWork extends JobError {}

/** ffmpeg or ffprobe crashed, which it does again on the same input. */
export class ProgramCrash extends JobError {}

/** The exit code, which says whether another attempt may help. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return 2;
  return error instanceof MissingWork ? MISSING_WORK : 1;
}

/** The text of whatever was thrown, on one line, so that it can be the last line of a log. */
export function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*[\r\n]+\s*/g, " ").trim() || "It failed without giving a reason.";
}
