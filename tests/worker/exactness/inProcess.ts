import { readFile } from "node:fs/promises";

import type { Ladder, Plan } from "../../../contract/plan";
import { LADDER_VARIABLE } from "../../../contract/plan";
import { audio } from "../../../worker/commands/audio";
import { metadata } from "../../../worker/commands/metadata";
import { packageVideo } from "../../../worker/commands/package";
import { transcode } from "../../../worker/commands/transcode";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { chunksOf } from "../../../worker/plan/chunks";
import { storageFor } from "../../../worker/storage/storageFor";

const report = new ProgressReport(() => undefined);

function jobAndStores(path: string, output: string, maxDamagedShare?: number) {
  const limit = maxDamagedShare === undefined ? {} : { maxDamagedShare };
  const job = { input: `file://${path}`, output: `file://${output}`, index: 0, ...limit };
  return { job, stores: { source: storageFor(job.input), target: storageFor(job.output) } };
}

/** Runs the metadata job alone. */
export async function planOf(path: string, output: string, ladder: Ladder, maxDamagedShare?: number): Promise<Plan> {
  const { job, stores } = jobAndStores(path, output, maxDamagedShare);
  process.env[LADDER_VARIABLE] = JSON.stringify(ladder);
  await metadata(job, stores, report);
  return JSON.parse(await readFile(`${output}/plan.json`, "utf8")) as Plan;
}

/** Runs the worker's jobs for a local file in this process, which saves starting one for each job. */
export async function makeAll(path: string, output: string, ladder: Ladder, maxDamagedShare?: number): Promise<Plan> {
  const { job, stores } = jobAndStores(path, output, maxDamagedShare);
  const plan = await planOf(path, output, ladder, maxDamagedShare);
  for (const { name } of plan.renditions) {
    for (const { part, index } of chunksOf(plan)) {
      await transcode({ ...job, rendition: name, part, index }, stores, report);
    }
  }
  await audio(job, stores, report);
  await packageVideo(job, stores, report);
  return plan;
}
