import { existsSync } from "node:fs";
import path from "node:path";

import { Command, InvalidArgumentError } from "commander";

import type { RunRecord } from "../runner/record";
import { runPipeline } from "../runner/run";
import { FAILED } from "./exit";
import type { Output } from "./output";
import { ProgressBars } from "./progress/bars";
import { ProgressLines } from "./progress/lines";
import { selected, withSelection, type Selection } from "./selection";

interface RunCommandOptions extends Selection {
  out?: string;
  maxVcpus?: number;
}

/** The one-file worker, beside the compiled command line as in this repository. */
const WORKER = path.resolve(__dirname, "..", "worker", "dist", "worker.cjs");

export function runCommand(output: Output, onExit: (code: number) => void): Command {
  return withSelection(new Command("run"))
    .description(
      "Run the whole pipeline on this machine: the same state machine and job definitions, with local processes.",
    )
    .argument("<video>", "a video file")
    .option("--out <dir>", "folder for output/, run.json and logs/ (default: out/<name of the video>)")
    .option("--max-vcpus <n>", "vCPUs of every compute environment, instead of the program's", vcpus)
    .addHelpText("after", "\nExits with 0 when the pipeline succeeded, 1 when it failed, 2 on wrong usage.")
    .action(async (video: string, options: RunCommandOptions) => {
      const synthesis = await selected(options, output);
      const outDir = path.resolve(options.out ?? path.join("out", path.parse(video).name));
      const progress = output.stderr.isTTY ? new ProgressBars(output.stderr) : new ProgressLines(output.stderr);
      const interrupt = new AbortController();
      const stopWatching = onInterrupt((signal) => interrupt.abort(`Stopped by ${signal}.`));
      try {
        const record = await runPipeline({
          synthesis,
          video,
          outDir,
          maxVcpus: options.maxVcpus,
          signal: interrupt.signal,
          workerBundle: WORKER,
          onEvent: (event) => progress.show(event),
        });
        progress.stop();
        report(record, outDir, output);
        onExit(record.status === "SUCCEEDED" ? 0 : FAILED);
      } finally {
        progress.stop();
        stopWatching();
      }
    });
}

function vcpus(value: string): number {
  const number = Number(value);
  if (!(Number.isFinite(number) && number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

/** The first signal ends the run in order. A second one finds Node's own handling, which ends this process at once. */
function onInterrupt(stop: (signal: NodeJS.Signals) => void): () => void {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
  for (const signal of signals) process.once(signal, stop);
  return () => signals.forEach((signal) => process.off(signal, stop));
}

/** Results to stdout, what went wrong to stderr. */
function report(record: RunRecord, outDir: string, { stdout, stderr }: Output): void {
  const seconds = (Date.parse(record.ended ?? record.started) - Date.parse(record.started)) / 1000;
  const took = `after ${seconds.toFixed(1)} s`;
  if (record.status !== "SUCCEEDED") {
    const { explanation, state, log } = record.failure ?? {};
    const where = state === undefined ? "" : ` in ${state}`;
    stderr.write(`\n${STATUS[record.status]}${where} ${took}: ${explanation ?? record.cause ?? "no cause given"}\n`);
    if (log !== undefined) stderr.write(`The log is ${path.join(outDir, log)}\n`);
    stderr.write(`The record is ${path.join(outDir, "run.json")}\n`);
    return;
  }
  stderr.write(`\nSucceeded ${took}.\n`);
  for (const file of ["hls/master.m3u8", "manifest.json"].map((name) => path.join(outDir, "output", name))) {
    if (existsSync(file)) stdout.write(`${file}\n`);
  }
  stdout.write(`${path.join(outDir, "run.json")}\n`);
}

const STATUS: Record<RunRecord["status"], string> = {
  RUNNING: "Running",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  ABORTED: "Stopped",
  TIMED_OUT: "Timed out",
};
