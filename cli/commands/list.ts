import { Command, InvalidArgumentError, Option } from "commander";

import { readOutcomes } from "../../aws/outcome";
import { clockTime } from "../../view/text/format";
import { qualify } from "../../view/text/outcome";
import { selectMachine, withAws, type AwsSelection } from "../options/aws";
import { withHelp } from "../help/commandHelp";
import { fitLine } from "../output/fitLine";
import type { Output } from "../output/output";

interface ListCommandOptions extends AwsSelection {
  status?: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  limit: number;
  json?: boolean;
}

export function listCommand(output: Output): Command {
  return withHelp(withAws(new Command("list")), {
    examples: [{ what: "The executions that failed:", args: "list --stack dev --status FAILED" }],
  })
    .description("List the executions of the deployed pipeline, newest first.")
    .addOption(
      new Option("--status <status>", "only executions with this status").choices([
        "RUNNING",
        "SUCCEEDED",
        "FAILED",
        "TIMED_OUT",
        "ABORTED",
      ]),
    )
    .option("--limit <n>", "maximum number of executions, 1 to 1000", parseLimit, 20)
    .option("--json", "print an array of {name, executionArn, status, startDate, stopDate, missing, damage}")
    .action(async (options: ListCommandOptions) => {
      const { machine, account } = await selectMachine(options);
      const { executions = [] } = await account.stepFunctions((sdk, client) =>
        client.send(
          new sdk.ListExecutionsCommand({
            stateMachineArn: machine.arn,
            maxResults: options.limit,
            ...(options.status === undefined ? {} : { statusFilter: options.status }),
          }),
        ),
      );
      const succeeded = executions.flatMap(({ status, executionArn }) => (status === "SUCCEEDED" ? executionArn! : []));
      const warn = (sentence: string): void => void output.stderr.write(`${sentence}\n`);
      const outcomes = await readOutcomes(account, succeeded, warn);
      if (options.json) {
        const listed = executions.map(({ name, executionArn, status, startDate, stopDate }) => {
          const { missing = [], damage } = outcomes.get(executionArn!) ?? {};
          const lacks = missing.length > 0 ? { missing } : {};
          return { name, executionArn, status, startDate, stopDate, ...lacks, ...damage };
        });
        output.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
        return;
      }
      if (executions.length === 0) output.stderr.write(`${machine.name} has no matching executions.\n`);
      for (const { name = "", executionArn = "", status = "", startDate, stopDate } of executions) {
        const outcome = outcomes.get(executionArn);
        const qualified = outcome ? qualify(outcome).replace(/^,? /, "  ") : "";
        const started = startDate?.toISOString().replace("T", " ").slice(0, 19) ?? "";
        const took = startDate ? clockTime((stopDate?.getTime() ?? Date.now()) - startDate.getTime()) : "";
        const line = `${status.padEnd(9)}  ${started}  ${took.padStart(8)}  ${name}${qualified}`;
        output.stdout.write(`${fitLine(line, output.stdout.columns)}\n`);
      }
    });
}

function parseLimit(value: string): number {
  const number = Number(value);
  if (!(Number.isInteger(number) && number >= 1 && number <= 1000)) {
    throw new InvalidArgumentError("It must be a whole number from 1 to 1000.");
  }
  return number;
}
