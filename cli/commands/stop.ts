import { Command } from "commander";

import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

export function stopCommand(output: Output): Command {
  return withHelp(withAws(new Command("stop")), {
    examples: [
      { what: "Stop an execution, and say why:", args: `stop ${EXECUTION_EXAMPLE} --stack dev --cause 'Wrong file.'` },
    ],
  })
    .description("Stop an execution in AWS and its jobs.")
    .addArgument(executionArgument())
    .option("--cause <text>", "the reason, for the execution's record", "Stopped from the command line.")
    .action(async (named: string, options: AwsSelection & { cause: string }) => {
      const { execution, account } = await selectExecution(named, options);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.StopExecutionCommand({ executionArn: execution, error: "Stopped", cause: options.cause })),
      );
      output.stderr.write(`Stopped ${execution}\n`);
    });
}
