import { outputs } from "../../contract/outputs";
import path from "node:path";

import { damageClause } from "../../contract/damageReport";
import { damageFrom, missingFrom } from "../../contract/notices";
import type { Run, RunRecord } from "../../contract/run";
import { qualify } from "../../view/text/outcome";
import { describeShortage, memoryShortages } from "../../view/text/memory";
import { commandText, shortPath } from "../output/commandText";
import type { Output } from "../output/output";
import type { ProgressOptions } from "../progress/options";
import { reportFile } from "./local";
import { existingPaths, type RunFiles } from "./files";

const STATUS: Record<Run["status"], string> = {
  RUNNING: "Running",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  ABORTED: "Stopped",
  TIMED_OUT: "Timed out",
};

/** Prints results to stdout and errors to stderr. */
export async function printResult(
  run: RunRecord,
  { directory, output: files }: RunFiles,
  { json, quiet }: ProgressOptions,
  output: Output,
): Promise<void> {
  const { stdout, stderr } = output;
  const record = path.join(directory, "run.json");
  const succeeded = run.status === "SUCCEEDED";
  const outputFiles = succeeded ? await existingPaths(files, [outputs.master, outputs.manifest]) : [];
  if (json) {
    const { status, failure, secondsToFirstPlayable, secondsToComplete } = run;
    const times = { secondsToFirstPlayable, secondsToComplete };
    const result = {
      type: "result",
      status,
      failure,
      ...times,
      ...damageFrom(run),
      files: outputFiles,
      record,
      report: reportFile(directory),
    };
    stdout.write(`${JSON.stringify(result)}\n`);
  }
  if (!succeeded) {
    stderr.write(`\n${summarise(run)}\n`);
    if (run.failure?.log !== undefined) stderr.write(`Log: ${path.join(directory, run.failure.log)}\n`);
    stderr.write(`Record: ${record}\n`);
    if (canSucceed(run)) stderr.write(`To resume it: ${commandText(["run", "--resume", shortPath(directory)])}\n`);
  } else if (!quiet) stderr.write(`\n${summarise(run)}\n`);
  if (!quiet && run.secondsToFirstPlayable !== undefined) {
    stderr.write(`The first second was playable after ${run.secondsToFirstPlayable.toFixed(1)} s.\n`);
  }
  for (const fault of run.unusedFaults ?? []) {
    stderr.write(`${fault} had no effect: the job or call that it is for never ran.\n`);
  }
  if (!quiet) for (const shortage of memoryShortages(run)) stderr.write(`${describeShortage(shortage)}\n`);
  if (!quiet) {
    stderr.write(`Report: ${reportFile(directory)}\n`);
    stderr.write(`View it with: ${commandText(["view", shortPath(directory)])}\n`);
  }
  if (succeeded && !json) for (const file of [...outputFiles, record]) stdout.write(`${file}\n`);
}

/** Whether the run could end differently when it is resumed. A job exits with 2 for an input that never works. */
function canSucceed({ failure, jobs }: Run): boolean {
  const job = jobs.findLast(({ name, status }) => name === failure?.job && status === "FAILED");
  return job?.attempts.at(-1)?.exitCode !== 2;
}

/** The outcome of a run in one line. */
export function summarise(run: Run): string {
  const { status, started, ended, failure, cause } = run;
  const damage = damageFrom(run);
  const qualified = qualify({ missing: missingFrom(run), damage });
  const took = `after ${((Date.parse(ended ?? started) - Date.parse(started)) / 1000).toFixed(1)} s`;
  if (status === "SUCCEEDED") return `Succeeded${qualified}${damageClause(damage) === undefined ? "" : ","} ${took}.`;
  const where = failure?.state === undefined ? "" : ` in ${failure.state}`;
  return `${STATUS[status]}${where} ${took}: ${failure?.explanation ?? cause ?? "no cause given"}`;
}
