import { Option, type Command } from "commander";

import type { Outline } from "../../view/outline/outline";
import type { Output } from "../output/output";
import { ProgressJson } from "./json";
import { ProgressLines } from "./lines";
import { LiveProgress } from "./live";
import type { Progress } from "./progress";
import { ProgressQuiet } from "./quiet";

export interface ProgressOptions {
  json?: boolean;
  quiet?: boolean;
}

/** Adds the options for the progress of a long-running command. */
export function withProgress(command: Command): Command {
  return command
    .addOption(new Option("--json", "print every event to stdout as a line of JSON").conflicts("quiet"))
    .option("--quiet", "print only the result and errors");
}

/** Shows the tree of states on a terminal, and lines elsewhere. */
export function createProgress(
  { json, quiet }: ProgressOptions,
  machine: Outline,
  { stdout, stderr }: Output,
): Progress {
  if (json) return new ProgressJson(stdout);
  if (quiet) return new ProgressQuiet();
  // A dumb terminal can't go back to a line.
  return stderr.isTTY && process.env["TERM"] !== "dumb" ? new LiveProgress(machine, stderr) : new ProgressLines(stderr);
}
