import { setTimeout } from "node:timers/promises";

import { JobError } from "../errors/errors";
import type { OwnedOutput } from "./ownedOutput";
import type { TrackRecord } from "./record";
import { readRecord } from "./record";
import { segmentsAreThere } from "./segments";

/** Milliseconds between two looks at what the other job has done. */
const INTERVAL = 2000;

/** The segments that a job has written, and where their record goes. */
export interface WrittenSegments {
  track: string;
  record: TrackRecord;
  /** Path of the record. */
  path: string;
}

/**
 * Returns whether another execution has meanwhile written the same segments and its record, so that this job's record must not
 * follow. x264's threads share the bits below a ceiling as they happen to run, so that execution's segments may differ in size from
 * this job's, which they replace.
 *
 * While the other job is at work, this one waits: an immediate retry would replace the other job's segments in turn, and neither
 * would ever finish.
 *
 * @param patience Milliseconds to wait. After that the other job is considered dead, which is an error worth another attempt.
 */
export async function awaitConcurrentJob(
  output: OwnedOutput,
  { track, record, path }: WrittenSegments,
  patience: number,
): Promise<boolean> {
  if (await segmentsAreThere(output, track, record)) return false;
  for (let left = patience; ; left -= INTERVAL) {
    const other = await readRecord(output, path);
    if (other && (await segmentsAreThere(output, track, other))) return true;
    // The segments may be gone because the output has another plan.
    await output.assertOwned();
    if (left <= 0) break;
    await setTimeout(Math.min(left, INTERVAL));
  }
  throw new JobError(
    "Another job began to write the same segments and didn't finish; another attempt of this job writes them again.",
  );
}
