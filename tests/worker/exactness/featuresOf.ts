import { mkdir } from "node:fs/promises";

import { features } from "../../../worker/commands/features";
import { metadata } from "../../../worker/commands/metadata";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { storageFor } from "../../../worker/storage/storageFor";

/** Makes the features of a local file; the suite has a ladder. Returns their directory, and what the job printed. */
export async function featuresOf(file: string): Promise<{ directory: string; progress: string[] }> {
  const job = { input: `file://${file}`, output: `file://${file}.out`, index: 0 };
  await mkdir(`${file}.out`);
  const stores = { source: storageFor(job.input), target: storageFor(job.output) };
  await metadata(job, stores, new ProgressReport(() => undefined));
  const progress: string[] = [];
  await features(job, stores, new ProgressReport((line) => progress.push(line)));
  return { directory: `${file}.out/features`, progress };
}
