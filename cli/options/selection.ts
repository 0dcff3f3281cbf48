import { createRequire } from "node:module";

import type { Command } from "commander";

import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { selectOnePipeline, selectPipeline } from "../../runner/synthesis/pipelines";
import { findProject, loadProgram } from "../../runner/synthesis/program";
import type { ProgramStart } from "../../contract/run";
import { synthesise, type Synthesis } from "../../runner/synthesis/synthesis";
import { UsageError } from "../../contract/usageError";
import type { Output } from "../output/output";
import type * as component from "../../components/videoBatchPipeline";

export interface Selection {
  stack?: string;
  program?: string;
  pipeline?: string;
}

/** Adds the options that select the program, its stack, and one of its pipelines. */
export function withSelection(command: Command): Command {
  return command
    .option("--stack <name>", "a stack of the Pulumi program in this folder, or of --program (default: dev)")
    .option("--program <dir>", "folder of another Pulumi program, with its Pulumi.yaml")
    .option(
      "--pipeline <name>",
      "the name of a VideoBatchPipeline, required if the program has several, or of another state machine",
    );
}

/** Evaluates the selected program, and takes one pipeline of it. */
export async function synthesisePipeline(selection: Selection, output: Output): Promise<Synthesis> {
  return selectOnePipeline(await evaluateSelected(selection, output), selection.pipeline);
}

/** Evaluates the selected program with all of its pipelines, or with the one that is named. */
export async function synthesiseSelected(selection: Selection, output: Output): Promise<Synthesis> {
  const synthesis = await evaluateSelected(selection, output);
  return selection.pipeline === undefined ? synthesis : selectPipeline(synthesis, selection.pipeline);
}

/** Evaluates the program, or the component with its defaults if this folder and its parents have no program. */
async function evaluateSelected({ stack, program }: Selection, output: Output): Promise<Synthesis> {
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
export function selectedProgram({ stack, program, pipeline }: Selection): ProgramStart | undefined {
  const directory = findProject(program ?? process.cwd());
  return directory === undefined
    ? undefined
    : { directory, ...(stack === undefined ? {} : { stack }), ...(pipeline === undefined ? {} : { pipeline }) };
}

/** Evaluates the program of an earlier run's record, independent of the current folder. */
export async function synthesiseRecorded(program: ProgramStart | undefined): Promise<Synthesis> {
  if (program === undefined) return synthesiseDefaults();
  return selectOnePipeline(await synthesiseProgram(loadProgram(program)), program.pipeline);
}

function synthesiseDefaults(): Promise<Synthesis> {
  const { VideoBatchPipeline } = loadComponent();
  return synthesise(() => void new VideoBatchPipeline("video"), { project: "video", stack: "dev" });
}

/** Loads the component lazily, because it loads Pulumi's AWS SDK, and most programs bring their own. */
function loadComponent(): typeof component {
  return createRequire(__filename)("../../components/videoBatchPipeline") as typeof component;
}
