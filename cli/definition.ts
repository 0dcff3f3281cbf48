import { Command } from "commander";

import { deploymentOf } from "../runner/deployment";
import { selected, withSelection, type Selection } from "./selection";

export function definitionCommand(): Command {
  return withSelection(new Command("definition"))
    .description("Print the state machine's definition (Amazon States Language) as JSON.")
    .action(async (options: Selection) => {
      const { definition } = deploymentOf(await selected(options));
      process.stdout.write(`${JSON.stringify(definition, null, 2)}\n`);
    });
}
