import { execFileSync } from "node:child_process";

import { type Command, CommanderError } from "commander";

import type { Output } from "../output/output";
import { WORKER } from "./worker";

/** Adds --version, which prints the output of the worker's own --version. It lists missing programs and does not fail. */
export function withVersion(program: Command, output: Output): Command {
  return program
    .option("-V, --version", "print the versions of this package, Node.js, ffmpeg and ffprobe")
    .on("option:version", () => {
      output.stdout.write(execFileSync(process.execPath, [WORKER, "--version"], { encoding: "utf8" }));
      throw new CommanderError(0, "commander.version", "");
    });
}
