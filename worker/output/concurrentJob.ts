import { setTimeout } from "node:timers/promises";

import { JobError } from "../errors";
import type { TrackRecord } from "./record";
import { readRecord } from "./record";
import { segmentsAreThere } from "./segments";
import type { HeldOutput } from "./ownership";

/** Milliseconds between two looks at what the other job has done. */
const INTERVAL = 2000;

/**
 * Whether another execution for the same output has made the same segments meanwhile, and its record stands. x264's threads share
 * the bits under a ceiling as they happen to run, so that its segments may have other sizes than these, which are gone then.
 *
 * The other job is waited for while it is at work: to try again at once would replace its segments in turn, and neither got done.
 *
 * @param patience Milliseconds to wait for it. After that it is taken for dead.
 */
export async function isReplaced(
  held: HeldOutput,
  directory: string,
  record: TrackRecord,
  uri: string,
  patience: number,
): Promise<boolean> {
  if (await segmentsAreThere(held, directory, record)) return false;
  for (let left = patience; ; left -= INTERVAL) {
    const other = await readRecord(held, uri, record.fingerprint);
    if (other && (await segmentsAreThere(held, directory, other))) return true;
    // They may be gone because the output has another plan.
    await held.assertHeld();
    if (left <= 0) break;
    await setTimeout(Math.min(left, INTERVAL));
  }
  throw new JobError("Another job began to write the same segments and did not end; another attempt makes them again.");
}
