import { type Argument, type Command, Help, type HelpConfiguration } from "commander";

import { programText } from "../output/commandText";
import { helpOf } from "./commandHelp";

/** Columns without a terminal. */
const COLUMNS = 80;
/** Longer lines are hard to read. */
const MAX_COLUMNS = 100;
/** With fewer columns beside its name, what an option does is written below it. */
const LEAST_DESCRIPTION = 30;

/** Columns of the help: those of the terminal. */
export function helpColumns({ columns }: { columns?: number }): number {
  return Math.min(columns ?? COLUMNS, MAX_COLUMNS);
}

/** Lays out the help of every command within the columns of the terminal. */
export const HELP_LAYOUT: HelpConfiguration = {
  minWidthToWrap: 1,
  // Every command has options, so the usage does not say so.
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" "),
  formatItem: (term, termWidth, description, helper) => {
    const columns = helper.helpWidth ?? COLUMNS;
    if (columns - termWidth - 4 >= LEAST_DESCRIPTION)
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    return `  ${term}\n${indent(helper.boxWrap(description, columns - 6), 6)}`;
  },
  formatHelp: (command, helper) => `${[wrapTitles(command, helper), ...afterOptions(command, helper)].join("\n\n")}\n`,
};

/** Commander wraps descriptions, but neither the usage nor the titles of groups. */
function wrapTitles(command: Command, helper: Help): string {
  const columns = helper.helpWidth ?? COLUMNS;
  const lines = Help.prototype.formatHelp.call(helper, command, helper).trimEnd().split("\n");
  return lines
    .map((line) => (line.length > columns ? helper.boxWrap(line, columns - 2).replaceAll("\n", "\n  ") : line))
    .join("\n");
}

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function afterOptions(command: Command, helper: Help): string[] {
  const { examples, list, notes = [] } = helpOf(command);
  const columns = helper.helpWidth ?? COLUMNS;
  const shown = examples.map(
    ({ what, args }) =>
      `${indent(helper.boxWrap(what, columns - 2), 2)}\n${indent(continueLines(`${programText()} ${args}`, columns - 4), 4)}`,
  );
  const width = Math.max(0, ...(list?.items ?? []).map(([term]) => term.length));
  return [
    ...(shown.length === 0 ? [] : [`Examples:\n${shown.join("\n")}`]),
    ...(list === undefined
      ? []
      : [
          [
            helper.boxWrap(list.title, columns),
            ...list.items.map((item) => helper.formatItem(item[0], width, item[1], helper)),
          ].join("\n"),
        ]),
    ...notes.map((note) => helper.boxWrap(note, columns)),
  ];
}

/** A command in lines that a shell reads as one. */
function continueLines(command: string, columns: number): string {
  // An option and its value stay together.
  const words = command.match(/(?:-\S+ (?!-))?(?:'[^']*'|[^\s'])+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length + 3 > columns)
      lines.push(lines.length === 0 ? word : `  ${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(" \\\n");
}

function indent(text: string, columns: number): string {
  return text.replace(/^/gm, " ".repeat(columns));
}
