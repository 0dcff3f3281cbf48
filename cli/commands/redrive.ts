import { Command } from "commander";

import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

export function redriveCommand(output: Output): Command {
  return withHelp(withAws(new Command("redrive")), {
    examples: [{ what: "Resume an execution of the stack dev:", args: `redrive ${EXECUTION_EXAMPLE} --stack dev` }],
    notes: [
      "An execution can be redriven for 14 days after it ended. A redrive repeats the failed step with the same definition. It doesn't repeat jobs that succeeded. To resume a run on this machine: run --resume DIR",
    ],
  })
    .description("Resume an execution in AWS that failed, was stopped or timed out, from where it stopped.")
    .addArgument(executionArgument())
    .action(async (named: string, options: AwsSelection) => {
      const { execution, account } = await selectExecution(named, options);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.RedriveExecutionCommand({ executionArn: execution })),
      );
      output.stderr.write(`Redriving ${execution}\n`);
    });
}
