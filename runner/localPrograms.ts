import { execFile } from "node:child_process";

import { baseEnvironment } from "./batch/launchers/baseEnvironment";
import type { BatchConfiguration } from "./batch/api/configuration";
import type { LocalPrograms } from "../contract/run";
import { UsageError } from "../contract/usageError";

/**
 * The programs that the worker's jobs will run. It checks them before the run starts, as the worker's first job would, so that a
 * missing program does not fail a late job. Absent if no job runs the worker.
 */
export async function localPrograms(
  { jobDefinitions }: Pick<BatchConfiguration, "jobDefinitions">,
  workerBundle: string,
): Promise<LocalPrograms | undefined> {
  const workers = jobDefinitions.filter(({ command }) => command[0] === "worker");
  // The metadata job has the ladder to check. Without it, any of the worker's jobs will do.
  const job = workers.find(({ command }) => command[1] === "metadata") ?? workers[0];
  if (!job) return undefined;
  const found = await checkPrograms(workerBundle, job.environment);
  return JSON.parse(found) as LocalPrograms;
}

function checkPrograms(workerBundle: string, environment: Record<string, string>): Promise<string> {
  const options = { env: { ...baseEnvironment(), ...environment } };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [workerBundle, "check"], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const message = stderr.trim().split("\n").at(-1) || error.message;
      reject(error.code === 2 ? new UsageError(message) : new Error(message));
    });
  });
}
