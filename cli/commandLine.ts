import { type Command, CommanderError } from "commander";

import { reportError, USAGE } from "./output/exit";
import { describeMistake } from "./output/mistake";
import type { Output, OutputStream } from "./output/output";
import { createProgram } from "./program";

export type { Output, OutputStream };

/** Runs one command and returns the exit code. `argv` holds the arguments after the program's name. */
export async function commandLine(argv: string[], output: Output): Promise<number> {
  let exitCode = 0;
  const program = createProgram(output, (code) => void (exitCode = code), argv);
  try {
    refuseUnknownTopic(argv, program);
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, output, { verbose: argv.includes("--verbose") });
    if (error.exitCode === 0) return 0;
    // Without a command, it has printed the help.
    if (error.code !== "commander.help") output.stderr.write(describeMistake(error, program, argv));
    return USAGE;
  }
}

/** For `help` with an unknown command, commander would print the help of the program. */
function refuseUnknownTopic([name, topic]: string[], program: Command): void {
  if (name !== "help" || topic === undefined || topic.startsWith("-") || topic === "help") return;
  if (program.commands.some((command) => command.name() === topic)) return;
  program.error(`error: unknown command '${topic}'`, { code: "commander.unknownCommand" });
}
