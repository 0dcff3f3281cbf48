import { execFile } from "node:child_process";

import { baseEnvironment } from "./batch/baseEnvironment";
import type { BatchConfiguration } from "./batch/configuration";
import type { LocalPrograms } from "../contract/run";
import { UsageError } from "../contract/usageError";

/**
 * Which programs the worker's jobs will run here, checked as its first job would: before anything is started, and not after the time
 * that it takes a video to get there. Nothing when no job is the worker's.
 */
export async function localPrograms(
  { jobDefinitions }: Pick<BatchConfiguration, "jobDefinitions">,
  workerBundle: string,
): Promise<LocalPrograms | undefined> {
  const workers = jobDefinitions.filter(({ command }) => command[0] === "worker");
  // The one with the ladder, or else any.
  const job = workers.find(({ command }) => command[1] === "metadata") ?? workers[0];
  if (!job) return undefined;
  const found = await checked(workerBundle, job.environment);
  return JSON.parse(found) as LocalPrograms;
}

function checked(workerBundle: string, environment: Record<string, string>): Promise<string> {
  const options = { env: { ...baseEnvironment(), ...environment } };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [workerBundle, "check"], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = stderr.trim().split("\n").at(-1) || error.message;
      reject(error.code === 2 ? new UsageError(said) : new Error(said));
    });
  });
}
