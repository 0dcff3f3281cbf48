import { Command, InvalidArgumentError, Option } from "commander";

import { FAULTS_HELP } from "../../runner/faults/help";
import { withApproval } from "../options/approval";
import { withDamagedShare } from "../options/damagedShare";
import { withSelection } from "../options/selection";
import { withHelp } from "../help/commandHelp";
import { typedCommand } from "../output/commandText";
import type { Output } from "../output/output";
import { withProgress } from "../progress/options";
import { resolveRun, type ResolveOptions } from "../run/resolveRun";
import { runAndReport, type RunAndReportOptions } from "../run/runAndReport";

/** @param typed The words after the program's name. */
export function runCommand(output: Output, onExit: (code: number) => void, typed: readonly string[]): Command {
  return withHelp(withDamagedShare(withApproval(withProgress(withSelection(new Command("run"))))), {
    examples: [
      { what: "The whole pipeline on one video, into out/clip:", args: "run clip.mp4" },
      { what: "As the stack prod would run it, with 4 vCPUs:", args: "run clip.mp4 --stack prod --max-vcpus 4" },
      {
        what: "See how the pipeline reacts to the failure of a step:",
        args: "run clip.mp4 --out out/rehearsal --fail Transcode_720p-1:attempt=1 --fail 'Package Video:exit=137'",
      },
      { what: "Resume a run that was stopped or that failed:", args: "run --resume out/rehearsal" },
    ],
    list: FAULTS_HELP,
    notes: ["Exit codes: 0 if the pipeline succeeded, 1 if it failed, 2 on a usage error."],
  })
    .description(
      "Run the whole pipeline on this machine: the same state machine and job definitions, with jobs as local processes.",
    )
    .argument("[video]", "a video file, or s3://bucket/key with credentials in the environment")
    .option(
      "--out <dir>",
      "folder for output/, run.json, report.html and logs/ (default: out/<name of the video>, with a number if another video uses it)",
    )
    .option("--output <uri>", "s3://bucket/prefix for the output, instead of output/ in that folder")
    .addOption(
      new Option("--resume <dir>", "resume the stopped, killed or failed run in this folder").conflicts([
        ...["out", "output", "stack", "program", "pipeline"],
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
    .action(async (video: string | undefined, options: ResolveOptions & RunAndReportOptions) => {
      const resolved = { ...(await resolveRun(video, options, output)), command: typedCommand(typed) };
      onExit(await runAndReport(resolved, options, output));
    });
}

function parsePositive(value: string): number {
  const number = Number(value);
  if (!(Number.isFinite(number) && number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

function append(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
