import { Command } from "commander";

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
import { withHelp } from "./help/commandHelp";
import { HELP_LAYOUT, helpColumns } from "./help/format";
import { withVersion } from "./options/version";
import type { Output } from "./output/output";

const HERE = "Commands that run here and need no AWS account:";
const IN_AWS = "Commands that talk to AWS:";

/**
 * The program with all commands. Errors in its use are thrown, and not printed.
 *
 * @param typed The words after the program's name.
 */
export function createProgram(output: Output, onExit: (code: number) => void, typed: readonly string[] = []): Command {
  const program = withVersion(new Command("video-batch-pipeline"), output)
    .description(
      "Run a video-processing pipeline on AWS Batch and Step Functions, or the same pipeline on this machine.",
    )
    .helpOption("-h, --help", "print this help")
    .configureHelp(HELP_LAYOUT)
    .configureOutput({
      writeOut: (text) => void output.stdout.write(text),
      writeErr: (text) => void output.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => helpColumns(output.stdout),
      getErrHelpWidth: () => helpColumns(output.stderr),
    })
    .showSuggestionAfterError(false)
    .exitOverride();
  withHelp(program, {
    examples: [{ what: "Begin with the whole pipeline on one video:", args: "run clip.mp4" }],
    notes: ["COMMAND --help describes the options of a command, with examples."],
  });
  const here = [
    runCommand(output, onExit, typed),
    viewCommand(output),
    previewCommand(output),
    diagramCommand(output),
    definitionCommand(output),
    completionCommand(output, () => program.commands),
  ];
  const inAws = [
    startCommand(output),
    watchCommand(output, onExit),
    listCommand(output),
    logsCommand(output),
    reportCommand(output),
    stopCommand(output),
    redriveCommand(output),
    approveCommand(output),
    rejectCommand(output),
  ];
  for (const command of [...here, ...inAws]) {
    command.option("--verbose", "print the stack trace of an error");
    program.addCommand(command.copyInheritedSettings(program).helpGroup(here.includes(command) ? HERE : IN_AWS));
  }
  const help = new Command("help").argument("[command]").description("Print the help of a command.");
  return program.addHelpCommand(help.helpGroup(HERE));
}
