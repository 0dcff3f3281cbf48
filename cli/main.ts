#!/usr/bin/env node
import { Command, CommanderError } from "commander";

import { definitionCommand } from "./definition";
import { FAILED, reportError, USAGE } from "./exit";
import { previewCommand } from "./preview";
import { runCommand } from "./run";

async function main(argv: string[]): Promise<number> {
  const program = new Command("video-batch-pipeline")
    .description("A video-processing pipeline for AWS Batch and Step Functions, and the same pipeline on this machine.")
    .showHelpAfterError("Run with --help to see what there is.")
    .exitOverride();
  let exitCode = 0;
  for (const command of [runCommand, definitionCommand, previewCommand]) {
    program.addCommand(
      command((code) => {
        exitCode = code;
      }).exitOverride(),
    );
  }
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    return reportError(error);
  }
}

main(process.argv).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = FAILED;
  },
);
