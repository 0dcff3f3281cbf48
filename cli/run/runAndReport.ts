import { rmSync } from "node:fs";

import { runPipeline } from "../../runner/run";
import { readDeployment } from "../../runner/synthesis/deployment";
import { layOut, type Layout } from "../../view/diagram/layout";
import { outline } from "../../view/outline/outline";
import { createAnswer, type ApprovalOptions } from "../options/approval";
import { WORKER } from "../options/worker";
import { FAILED } from "../output/exit";
import type { Output } from "../output/output";
import { createProgress, type ProgressOptions } from "../progress/options";
import { openRunFiles } from "../report/files";
import { reportFile, writeReport } from "../report/local";
import { printResult } from "../report/result";
import type { ResolvedRun } from "./resolveRun";

export interface RunAndReportOptions extends ProgressOptions, ApprovalOptions {
  withoutCapacity?: string[];
  waitLimit?: number;
  reclaim?: boolean;
  fail?: string[];
}

/** Runs the pipeline, writes its report, prints its result, and returns the exit code. */
export async function runAndReport(
  resolved: ResolvedRun,
  options: RunAndReportOptions,
  output: Output,
): Promise<number> {
  const { synthesis, outDir, maxVcpus } = resolved;
  const waitLimitSeconds = options.waitLimit;
  const deployment = readDeployment(synthesis, { maxVcpus, waitLimitSeconds });
  const machine = outline(deployment.stateMachine.definition);
  const progress = createProgress(options, machine, output);
  let layout: Promise<Layout | undefined> | undefined;
  const interrupt = new AbortController();
  const stopWatching = onInterrupt((signal) => interrupt.abort(`Stopped by ${signal}.`));
  try {
    const record = await runPipeline({
      ...resolved,
      waitLimitSeconds,
      withoutCapacity: options.withoutCapacity,
      reclaim: options.reclaim,
      fail: options.fail,
      answer: createAnswer(options, output, () => progress.stop()),
      signal: interrupt.signal,
      workerBundle: WORKER,
      onEvent: (event, run) => {
        if (event.type === "executionStarted") {
          // The report of an earlier run in this folder would describe another run.
          rmSync(reportFile(outDir), { force: true });
          // The first job leaves all other cores idle.
          // eslint-disable-next-line no-restricted-syntax -- then the report computes it again, and fails
          layout = layOut(machine, { inThread: true }).catch(() => undefined);
        }
        progress.show(event, run);
      },
    });
    progress.stop();
    const files = openRunFiles(record.start, outDir, (sentence) => output.stderr.write(`${sentence}\n`));
    await writeReport(files, record, deployment, await layout);
    await printResult(record, files, options, output);
    return record.status === "SUCCEEDED" ? 0 : FAILED;
  } finally {
    progress.stop();
    stopWatching();
  }
}

/** The first signal ends the run cleanly. A second one has Node's default effect and ends this process at once. */
function onInterrupt(stop: (signal: NodeJS.Signals) => void): () => void {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
  for (const signal of signals) process.once(signal, stop);
  return () => signals.forEach((signal) => process.off(signal, stop));
}
