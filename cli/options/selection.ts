import { createRequire } from "node:module";

import type { Command } from "commander";

import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { findProject, loadProgram } from "../../runner/synthesis/program";
import type { ProgramStart } from "../../contract/run";
import { synthesise, type Synthesis } from "../../runner/synthesis/synthesis";
import { UsageError } from "../../contract/usageError";
import type { Output } from "../output/output";
import type * as component from "../../components/videoBatchPipeline";

export interface Selection {
  stack?: string;
  program?: string;
}

/** Adds the two options that select the program and its stack. */
export function withSelection(command: Command): Command {
  return command
    .option("--stack <name>", "a stack of the Pulumi program in this folder, or of --program (default: dev)")
    .option("--program <dir>", "folder of another Pulumi program, with its Pulumi.yaml");
}

/** Evaluates the selected program, or the component with its defaults if this folder and its parents have no program. */
export async function synthesiseSelected({ stack, program }: Selection, output: Output): Promise<Synthesis> {
  if (program === undefined && findProject(process.cwd()) === undefined) {
    if (stack !== undefined) {
      throw new UsageError(
        `There is no Pulumi.yaml in ${process.cwd()} or above it, so there is no stack ${stack}. Pass the program's folder with --program, or leave out --stack for the component with its defaults.`,
      );
    }
    output.stderr.write("No Pulumi.yaml here or above: using VideoBatchPipeline with its defaults.\n");
    return synthesiseDefaults();
  }
  return synthesiseProgram(loadProgram({ directory: program ?? process.cwd(), stack }));
}

/** The selection for the run's record. Absent for the component with its defaults. */
export function selectedProgram({ stack, program }: Selection): ProgramStart | undefined {
  const directory = findProject(program ?? process.cwd());
  return directory === undefined ? undefined : { directory, ...(stack === undefined ? {} : { stack }) };
}

/** Evaluates the program of an earlier run's record, independent of the current folder. */
export async function synthesiseRecorded(program: ProgramStart | undefined): Promise<Synthesis> {
  return program === undefined ? synthesiseDefaults() : synthesiseProgram(loadProgram(program));
}

function synthesiseDefaults(): Promise<Synthesis> {
  const { VideoBatchPipeline } = loadComponent();
  return synthesise(() => void new VideoBatchPipeline("video"), { project: "video", stack: "dev" });
}

/** Loads the component lazily, because it loads Pulumi's AWS SDK, and most programs bring their own. */
function loadComponent(): typeof component {
  return createRequire(__filename)("../../components/videoBatchPipeline") as typeof component;
}
