import { FIND_DONE_JOBS, WRITES_DONE } from "./doneJobs";
import { NOTIFY_FAILURE, READ_CAUSE } from "./failure";

/** Whether a state only tells of a failure, or keeps track: no video fails because of it. */
export function isAside(state: string): boolean {
  return (
    [READ_CAUSE, WRITES_DONE].some((start) => state.startsWith(start)) ||
    [FIND_DONE_JOBS, NOTIFY_FAILURE].includes(state)
  );
}
