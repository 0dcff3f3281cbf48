import { Command, Option } from "commander";

import { parseShortText, userName } from "./approval";
import { executionArgument, withAws, type AwsSelection } from "./aws";

export interface AnswerOptions extends AwsSelection {
  by: string;
}

/** A command that answers an execution's request for approval. */
export function answerCommand(name: string, description: string): Command {
  return withAws(new Command(name))
    .description(description)
    .addArgument(executionArgument())
    .addOption(
      new Option("--by <name>", "who answers")
        .argParser(parseShortText)
        .default(userName(), "your name on this machine"),
    );
}
