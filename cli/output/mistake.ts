import type { Command, CommanderError } from "commander";

import { nearest, suggestion } from "../../contract/nearest";
import { commandText } from "./commandText";

type Describe = (found: string[], command: Command) => string;

/** What commander reports, by its code: a pattern for its message, and the sentence for people. */
const MISTAKES: Record<string, [pattern: RegExp, describe: Describe][]> = {
  "commander.unknownCommand": [
    [
      /unknown command '(.*)'/s,
      ([name = ""], program) =>
        `There is no command ${name}. ${suggestion(
          name,
          program.commands.map((command) => command.name()),
        )}`,
    ],
  ],
  "commander.unknownOption": [
    [
      /unknown option '(.*)'/s,
      ([flag = ""], command) => {
        const [name = ""] = flag.split("=");
        const meant = nearest(
          name,
          command.options.flatMap(({ long }) => long ?? []),
        );
        return `${command.name()} has no option ${name}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`;
      },
    ],
  ],
  "commander.missingArgument": [
    [
      /missing required argument '(.*)'/,
      ([name = ""], command) => {
        const { description } = command.registeredArguments.find((argument) => argument.name() === name)!;
        return `${command.name()} needs <${name}>: ${description}.`;
      },
    ],
  ],
  "commander.optionMissingArgument": [
    [
      /option '(?:-\w, )?(--\S+ )(.*)' argument missing/,
      ([flag, value]) => `${flag}needs a value. Write ${flag}${value}.`,
    ],
  ],
  "commander.invalidArgument": [
    [
      /option '(?:-\w, )?(--\S+) .*' argument '(.*)' is invalid\. (.*)/s,
      ([flag = "", value = "", rule = ""]) => invalid(flag, value, rule),
    ],
    [
      /command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)/s,
      ([value = "", name = "", rule = ""]) => invalid(`<${name}>`, value, rule),
    ],
  ],
  "commander.conflictingOption": [
    [
      /option '(--\S+).*' cannot be used with option '(--\S+).*'/,
      ([one, other]) => `${one} can't be used with ${other}. Leave one of them out.`,
    ],
  ],
  "commander.excessArguments": [
    [
      /Expected (\d+) arguments? but got (\d+)/,
      ([expected, received], command) =>
        `${command.name()} takes ${expected} ${expected === "1" ? "argument" : "arguments"}. Received ${received}. Put quotes around one with spaces.`,
    ],
  ],
};

/** A mistake in how the program was called: what is wrong, the remedy, and where the rest is described. */
export function describeMistake({ code, message }: CommanderError, program: Command, argv: readonly string[]): string {
  const command = program.commands.find((each) => each.name() === argv[0]) ?? program;
  const [sentence = message] = (MISTAKES[code] ?? []).flatMap(([pattern, describe]) => {
    const match = pattern.exec(message);
    return match ? [describe(match.slice(1), command)] : [];
  });
  const help = commandText([...(command === program ? [] : [command.name()]), "--help"]);
  return `${sentence}\nHelp: ${help}\n`;
}

function invalid(what: string, value: string, rule: string): string {
  const [, choices] = /^Allowed choices are (.*)\.$/s.exec(rule) ?? [];
  if (choices === undefined)
    return `${rule.replace(/^It/, what).replace(/\.$/, "")}. Received ${JSON.stringify(value)}.`;
  const meant = nearest(value, choices.split(", "));
  return `${what} must be one of ${choices}. Received ${JSON.stringify(value)}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`;
}
