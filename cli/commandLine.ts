import { Command, CommanderError } from "commander";

import { approveCommand, rejectCommand } from "./answer";
import { completionCommand } from "./completion";
import { definitionCommand } from "./definition";
import { diagramCommand } from "./diagram";
import { reportError, USAGE } from "./exit";
import { listCommand } from "./list";
import { logsCommand } from "./logs";
import type { Output } from "./output";
import { previewCommand } from "./preview";
import { redriveCommand } from "./redrive";
import { reportCommand } from "./report";
import { runCommand } from "./run";
import { startCommand } from "./start";
import { stopCommand } from "./stop";
import { withVersion } from "./version";
import { watchCommand } from "./watch";

export type { Output };

/** Runs one command and returns the exit code. `argv` holds the arguments after the program's name. */
export async function commandLine(argv: string[], output: Output): Promise<number> {
  const program = withVersion(new Command("video-batch-pipeline"), output)
    .description(
      "Run a video-processing pipeline on AWS Batch and Step Functions, or the same pipeline on this machine.",
    )
    .configureOutput({
      writeOut: (text) => void output.stdout.write(text),
      writeErr: (text) => void output.stderr.write(text),
    })
    .exitOverride()
    .showHelpAfterError("Run it with --help to see the commands and options.");
  let exitCode = 0;
  const onExit = (code: number): void => {
    exitCode = code;
  };
  const commands = [
    runCommand(output, onExit),
    definitionCommand(output),
    diagramCommand(output),
    previewCommand(output),
    startCommand(output),
    watchCommand(output, onExit),
    reportCommand(output),
    listCommand(output),
    logsCommand(output),
    stopCommand(output),
    redriveCommand(output),
    approveCommand(output),
    rejectCommand(output),
    completionCommand(output, () => program.commands),
  ];
  for (const command of commands) {
    command.option("--verbose", "print the stack trace of an error");
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has already printed the error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    return reportError(error, output, { verbose: argv.includes("--verbose") });
  }
}
