import { setTimeout } from "node:timers/promises";

import { outputs } from "../../contract/outputs";
import { sentence } from "../errors/errors";
import type { Storage } from "../storage/storage";
import { joinUri } from "../storage/uri";

/** Whatever made the job fail may prevent this too, and then only the log has the reason. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Saves the reason of a failure for the notice, because Batch passes on only an exit code. All children of an array job write the
 * file of their parent, which is the job that the state machine knows; the reason of one of them is enough. Never fails.
 *
 * @returns Why it is not saved, if it isn't. Outside of Batch nobody asks for it.
 */
export async function saveFailureReason(
  { storage, prefix }: { storage: Storage; prefix: string },
  environment: NodeJS.ProcessEnv,
  reason: string,
  longestWaitMs = LONGEST_WAIT_MS,
): Promise<string | undefined> {
  const job = environment["AWS_BATCH_JOB_ID"]?.split(":")[0];
  if (!job) return undefined;
  const write = storage.write(joinUri(prefix, outputs.failure(job)), reason, { intermediate: true });
  return Promise.race([
    write.then(() => undefined, sentence),
    setTimeout(longestWaitMs, `It was not written within ${longestWaitMs / 1000} seconds.`, { ref: false }),
  ]);
}
