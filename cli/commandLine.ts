import { Command, CommanderError } from "commander";

import { approveCommand } from "./commands/approve";
import { completionCommand } from "./commands/completion";
import { definitionCommand } from "./commands/definition";
import { diagramCommand } from "./commands/diagram";
import { listCommand } from "./commands/list";
import { logsCommand } from "./commands/logs";
import { previewCommand } from "./commands/preview";
import { redriveCommand } from "./commands/redrive";
import { rejectCommand } from "./commands/reject";
import { reportCommand } from "./commands/report";
import { runCommand } from "./commands/run";
import { startCommand } from "./commands/start";
import { stopCommand } from "./commands/stop";
import { viewCommand } from "./commands/view";
import { watchCommand } from "./commands/watch";
import { withVersion } from "./options/version";
import { reportError, USAGE } from "./output/exit";
import type { Output } from "./output/output";

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
    viewCommand(output),
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
