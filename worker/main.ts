import { audio } from "./commands/audio";
import { check } from "./commands/check";
import { features } from "./commands/features";
import type { Job, Stores } from "./commands/job";
import { metadata } from "./commands/metadata";
import { packageVideo } from "./commands/package";
import { transcode } from "./commands/transcode";
import type { Request } from "./commandLine";
import { HELP, parseCommandLine } from "./commandLine";
import type { WorkerCommand } from "../contract/jobs";
import { exitCodeOf, sentence } from "./errors/errors";
import { logError } from "./errors/log";
import { findPrograms, describePrograms } from "./ffmpeg/findPrograms";
import { ProgressReport } from "./ffmpeg/progress";
import { stopAll } from "./ffmpeg/run";
import { saveFailureReason } from "./output/failure";
import { removePartialFiles } from "./storage/file";
import { storageFor } from "./storage/storageFor";

const RUN: Record<WorkerCommand, (job: Job, stores: Stores, report: ProgressReport) => Promise<void>> = {
  metadata,
  features,
  transcode,
  audio,
  package: packageVideo,
};

const SHOW: Record<Exclude<Request["kind"], "job">, () => string | Promise<string>> = {
  help: () => HELP,
  version: async () => describePrograms(await findPrograms()),
  check: () => check(process.env),
};

async function main(): Promise<void> {
  const request = parseCommandLine(process.argv.slice(2), process.env);
  if (request.kind !== "job") {
    process.stdout.write(await SHOW[request.kind]());
    return;
  }
  const { command, job } = request;
  const stores = { source: storageFor(job.input), target: storageFor(job.output) };
  const output = { storage: stores.target, prefix: job.output };
  try {
    await RUN[command](job, stores, new ProgressReport());
  } catch (error) {
    const unsaved = await saveFailureReason(output, process.env, sentence(error));
    if (unsaved !== undefined) logError("The notice will lack the sentence below", unsaved);
    throw error;
  }
}

/** Stops all running programs and exits at once. Another attempt starts from what is published. */
function endWith(code: number, message: string): never {
  stopAll();
  removePartialFiles();
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  process.on(signal, () => endWith(1, `The job was stopped by ${signal} before it finished.`));
}
// The reader of the progress may be gone, but the work continues.
process.stdout.on("error", () => undefined);

main().then(
  () => process.exit(0),
  (error: unknown) => endWith(exitCodeOf(error), sentence(error)),
);
