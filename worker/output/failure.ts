import { setTimeout } from "node:timers/promises";

import type { Storage } from "../storage/storage";
import { paths } from "./paths";

/** What hindered the job may hinder this too, and then the log alone has the sentence. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Leaves the sentence of a failure for the notice: Batch passes on no more than an exit code. All children of an array job share
 * the file of their parent, which is the job that the state machine knows; one sentence of several is enough. Never fails.
 */
export async function leaveSentence(
  target: Storage,
  output: string,
  environment: NodeJS.ProcessEnv,
  sentence: string,
): Promise<void> {
  const job = environment["AWS_BATCH_JOB_ID"]?.split(":")[0];
  if (!job) return;
  const written = target.write(paths.failure(output, job), sentence, { intermediate: true }).catch(() => undefined);
  await Promise.race([written, setTimeout(LONGEST_WAIT_MS, undefined, { ref: false })]);
}
