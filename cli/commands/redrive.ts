import { Command } from "commander";

import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import type { Output } from "../output/output";

export function redriveCommand(output: Output): Command {
  return withAws(new Command("redrive"))
    .description("Resume an execution in AWS that failed, was stopped or timed out, from where it stopped.")
    .addArgument(executionArgument())
    .addHelpText(
      "after",
      "\nAn execution can be redriven for 14 days after it ended. It repeats the step that failed and keeps its definition." +
        "\nIt does not submit jobs again that succeeded. To resume a run on this machine: run --resume DIR",
    )
    .action(async (named: string, options: AwsSelection) => {
      const { execution, account } = await selectExecution(named, options);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.RedriveExecutionCommand({ executionArn: execution })),
      );
      output.stderr.write(`Redriving ${execution}\n`);
    });
}
