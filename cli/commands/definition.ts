import { Command } from "commander";

import { readDeployment } from "../../runner/synthesis/deployment";
import { withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";
import { synthesisePipeline, withSelection, type Selection } from "../options/selection";

export function definitionCommand(output: Output): Command {
  return withHelp(withSelection(new Command("definition")), {
    examples: [{ what: "The definition that the stack prod deploys:", args: "definition --stack prod" }],
  })
    .description("Print the state machine's definition (Amazon States Language) as JSON.")
    .action(async (options: Selection) => {
      const { stateMachine } = readDeployment(await synthesisePipeline(options, output));
      output.stdout.write(`${JSON.stringify(stateMachine.definition, null, 2)}\n`);
    });
}
