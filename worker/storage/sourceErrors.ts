import { JobError } from "../errors/errors";
import { baseName, quote } from "./uri";

/** For a file that is removed in the middle of a job. The next attempt finds out whether it stays so. */
export function goneError(uri: string): JobError {
  return new JobError(`${quote(baseName(uri))} was removed while it was read; upload it and start the pipeline again.`);
}

/** For another file under the same name. The next attempt compares it with the plan, or makes a plan of it. */
export function replacedError(uri: string): JobError {
  return new JobError(`${quote(baseName(uri))} was replaced while it was read; start the pipeline again.`);
}
