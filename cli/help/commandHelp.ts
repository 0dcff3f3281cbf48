import type { Command } from "commander";

/** What the help of a command says after its arguments and options. */
export interface CommandHelp {
  examples: Example[];
  /** A list that an option's values are made of. */
  list?: HelpList;
  notes?: string[];
}

export interface HelpList {
  title: string;
  /** The two columns of the items. */
  columns: [string, string];
  items: [string, string][];
}

export interface Example {
  /** What the command does, ending in a colon. */
  what: string;
  /** The arguments, as they are written in a shell. */
  args: string;
}

/** The name of an execution in examples, as `start` makes one. */
export const EXECUTION_EXAMPLE = "clip.mp4-5f0c3a9e-7b1d-4c2a";

const HELP = new WeakMap<Command, CommandHelp>();

export function withHelp(command: Command, help: CommandHelp): Command {
  HELP.set(command, help);
  return command;
}

export function helpOf(command: Command): CommandHelp {
  return HELP.get(command) ?? { examples: [] };
}
