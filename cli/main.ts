#!/usr/bin/env node
import { Command, CommanderError } from "commander";

import { definitionCommand } from "./definition";
import { reportError, USAGE } from "./exit";
import { previewCommand } from "./preview";
import { runCommand } from "./run";

async function main(argv: string[]): Promise<number> {
  const program = new Command("video-batch-pipeline")
    .description("A video-processing pipeline for AWS Batch and Step Functions, and the same pipeline on this machine.")
    .exitOverride()
    .showHelpAfterError("Run it with --help to see what there is.");
  let exitCode = 0;
  const onExit = (code: number): void => {
    exitCode = code;
  };
  for (const command of [runCommand(onExit), definitionCommand(), previewCommand()]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    // Commander has already said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    return reportError(error);
  }
}

void main(process.argv).then((code) => {
  process.exitCode = code;
});
