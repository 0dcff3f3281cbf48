import { Command } from "commander";

import { executionArgument, selectedExecution, withAws, type AwsSelection } from "./aws";
import type { Output } from "./output";

export function redriveCommand(output: Output): Command {
  return withAws(new Command("redrive"))
    .description("Go on with an execution in AWS that failed, was stopped or took too long: where it ended.")
    .addArgument(executionArgument())
    .addHelpText(
      "after",
      "\nWithin 14 days of its end. The step that failed is done again, with the definition that the execution began with;" +
        "\njobs that had succeeded are not submitted again. A run on this machine goes on with: run --resume DIR",
    )
    .action(async (named: string, options: AwsSelection) => {
      const { execution, account } = await selectedExecution(named, options);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.RedriveExecutionCommand({ executionArn: execution })),
      );
      output.stderr.write(`Redriven ${execution}\n`);
    });
}
