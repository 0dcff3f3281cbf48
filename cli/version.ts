import { execFileSync } from "node:child_process";

import { type Command, CommanderError } from "commander";

import type { Output } from "./output";
import { WORKER } from "./worker";

/** What was found on this machine, in the words of the worker that all jobs run. What is missing is named, and is no failure. */
export function withVersion(program: Command, output: Output): Command {
  return program
    .option("-V, --version", "print the versions of this package and of the Node, ffmpeg and ffprobe that it finds")
    .on("option:version", () => {
      output.stdout.write(execFileSync(process.execPath, [WORKER, "--version"], { encoding: "utf8" }));
      throw new CommanderError(0, "commander.version", "");
    });
}
