import { rmSync } from "node:fs";
import path from "node:path";

import { Command, InvalidArgumentError, Option } from "commander";

import { readDeployment } from "../../runner/synthesis/deployment";
import { FAULTS_HELP } from "../../runner/faults/help";
import { interruptedRun } from "../../runner/record/resume";
import { runPipeline, type RunOptions } from "../../runner/run";
import { checkOutputUri } from "../../runner/record/runDirectory";
import { UsageError } from "../../contract/usageError";
import { layOut, type Layout } from "../../view/diagram/layout";
import { outline } from "../../view/outline";
import { createAnswer, withApproval, type ApprovalOptions } from "../options/approval";
import { FAILED } from "../output/exit";
import type { Output } from "../output/output";
import { createProgress, withProgress, type ProgressOptions } from "../progress/options";
import { reportFile, writeReport } from "../report/local";
import { printResult } from "../report/result";
import {
  selectedProgram,
  synthesiseSelected,
  synthesiseRecorded,
  withSelection,
  type Selection,
} from "../options/selection";
import { WORKER } from "../options/worker";

interface RunCommandOptions extends Selection, ProgressOptions, ApprovalOptions {
  out?: string;
  output?: string;
  resume?: string;
  maxVcpus?: number;
  withoutCapacity?: string[];
  waitLimit?: number;
  reclaim?: boolean;
  fail?: string[];
}

export function runCommand(output: Output, onExit: (code: number) => void): Command {
  return withApproval(withProgress(withSelection(new Command("run"))))
    .description(
      "Run the whole pipeline on this machine: the same state machine and job definitions, with jobs as local processes.",
    )
    .argument("[video]", "a video file, or s3://bucket/key with credentials in the environment")
    .option("--out <dir>", "folder for output/, run.json, report.html and logs/ (default: out/<name of the video>)")
    .option("--output <uri>", "s3://bucket/prefix for the output, instead of output/ in that folder")
    .addOption(
      new Option("--resume <dir>", "resume the stopped, killed or failed run in this folder").conflicts([
        ...["out", "output", "stack", "program"],
      ]),
    )
    .option("--max-vcpus <n>", "vCPUs of every compute environment, instead of the program's", parsePositive)
    .option("--fail <fault>", "make a step fail: STEP or STEP:setting,… as described below (repeatable)", append)
    .option(
      "--without-capacity <environment>",
      "simulate AWS having no capacity for a compute environment, with =SECONDS only for that long (repeatable)",
      append,
    )
    .option(
      "--wait-limit <seconds>",
      "seconds after which queues with wait limits cancel the job at their head, instead of the program's",
      parsePositive,
    )
    .option("--reclaim", "interrupt one running job once, as EC2 does when it reclaims a Spot Instance")
    .addHelpText("after", `\n${FAULTS_HELP}`)
    .addHelpText("after", "\nExit codes: 0 if the pipeline succeeded, 1 if it failed, 2 on a usage error.")
    .action(async (video: string | undefined, options: RunCommandOptions) => {
      onExit(await runAndReport(await resolveRun(video, options, output), options, output));
    });
}

/** Returns the exit code. */
async function runAndReport(resolved: ResolvedRun, options: RunCommandOptions, output: Output): Promise<number> {
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
          // The first job leaves all other cores idle. If this fails, the report computes the layout.
          layout = layOut(machine, { inThread: true }).catch(() => undefined);
        }
        progress.show(event, run);
      },
    });
    progress.stop();
    await writeReport(outDir, record, deployment, await layout);
    await printResult(record, outDir, options, output);
    return record.status === "SUCCEEDED" ? 0 : FAILED;
  } finally {
    progress.stop();
    stopWatching();
  }
}

type ResolvedRun = Pick<RunOptions, "synthesis" | "video" | "outDir" | "output" | "program" | "continues" | "maxVcpus">;

/** What to run: the video of the options, or the rest of an earlier run from its record. */
async function resolveRun(video: string | undefined, options: RunCommandOptions, output: Output): Promise<ResolvedRun> {
  const { resume, maxVcpus } = options;
  if (resume === undefined) {
    if (video === undefined)
      throw new UsageError("Name a video to run, or the folder of a run to resume with --resume.");
    const outDir = path.resolve(options.out ?? path.join("out", path.parse(video).name));
    const where = {
      video,
      outDir,
      ...(options.output === undefined ? {} : { output: checkOutputUri(options.output) }),
    };
    return {
      synthesis: await synthesiseSelected(options, output),
      ...where,
      program: selectedProgram(options),
      maxVcpus,
    };
  }
  if (video !== undefined) {
    throw new UsageError(`--resume continues with the video of the run in ${resume}. Leave out ${video}.`);
  }
  const outDir = path.resolve(resume);
  const continues = interruptedRun(outDir);
  const { start } = continues;
  if (!options.json && !options.quiet) output.stderr.write(`Resuming the run of ${start.video}.\n`);
  const synthesis = await synthesiseRecorded(start.program);
  return {
    ...{ synthesis, video: start.video, outDir, program: start.program, continues },
    ...(start.output === undefined ? {} : { output: start.output }),
    maxVcpus: maxVcpus ?? start.maxVcpus,
  };
}

function parsePositive(value: string): number {
  const number = Number(value);
  if (!(Number.isFinite(number) && number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

function append(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

/** The first signal ends the run cleanly. A second one has Node's default effect and ends this process at once. */
function onInterrupt(stop: (signal: NodeJS.Signals) => void): () => void {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
  for (const signal of signals) process.once(signal, stop);
  return () => signals.forEach((signal) => process.off(signal, stop));
}
