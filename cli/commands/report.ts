import { writeFileSync } from "node:fs";
import path from "node:path";

import { Command } from "commander";

import { ExecutionReader } from "../../aws/execution";
import { RecordKeeper } from "../../runner/record/recordKeeper";
import { UsageError } from "../../contract/usageError";
import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";
import { deployedReport } from "../report/deployed";

interface ReportCommandOptions extends AwsSelection {
  output: string;
}

export function reportCommand(output: Output): Command {
  return withHelp(withAws(new Command("report")), {
    examples: [
      {
        what: "The report of an execution of the stack dev:",
        args: `report ${EXECUTION_EXAMPLE} --stack dev -o clip.html`,
      },
    ],
  })
    .description(
      "Write the report of an execution in AWS: one page, like the one that every run on this machine writes.",
    )
    .addArgument(executionArgument())
    .option("-o, --output <file>", "file for the report", "report.html")
    .action(async (named: string, options: ReportCommandOptions) => {
      const { execution, account } = await selectExecution(named, options);
      const reader = await ExecutionReader.open(account, execution);
      const keeper = new RecordKeeper(reader.emptyRun(), "");
      for (const event of await reader.poll()) keeper.apply(event);
      const page = await deployedReport(account, reader, keeper.record, (sentence) => {
        output.stderr.write(`${sentence}\n`);
      });
      const file = path.resolve(options.output);
      try {
        writeFileSync(file, page);
      } catch (error) {
        throw new UsageError(
          `The report can't be written: ${(error as Error).message}. Choose another file with --output.`,
        );
      }
      output.stdout.write(`${file}\n`);
    });
}
