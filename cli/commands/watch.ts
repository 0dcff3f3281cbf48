import { setTimeout as sleep } from "node:timers/promises";

import { Command, InvalidArgumentError } from "commander";

import { ExecutionReader } from "../../aws/execution";
import { RecordKeeper } from "../../runner/record/recordKeeper";
import { outline } from "../../view/outline/outline";
import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import { FAILED } from "../output/exit";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";
import { createProgress, withProgress, type ProgressOptions } from "../progress/options";
import { summarise } from "../report/result";

interface WatchCommandOptions extends AwsSelection, ProgressOptions {
  interval: number;
}

export function watchCommand(output: Output, onExit: (code: number) => void): Command {
  return withHelp(withProgress(withAws(new Command("watch"))), {
    examples: [{ what: "Follow an execution of the stack dev:", args: `watch ${EXECUTION_EXAMPLE} --stack dev` }],
    notes: ["Ctrl-C stops watching, not the execution. Exit codes: 0 if the execution succeeded, 1 if it didn't."],
  })
    .description("Follow an execution in AWS until it ends, with the same progress as `run`.")
    .addArgument(executionArgument())
    .option("--interval <seconds>", "seconds between two polls", parseInterval, 3)
    .action(async (named: string, options: WatchCommandOptions) => {
      const { execution, account } = await selectExecution(named, options);
      const reader = await ExecutionReader.open(account, execution);
      const keeper = new RecordKeeper(reader.emptyRun(), "");
      const progress = createProgress(options, outline(reader.definition), output);
      try {
        for (;;) {
          for (const event of await reader.poll()) {
            keeper.apply(event);
            progress.show(event, keeper.record);
          }
          if (keeper.record.status !== "RUNNING") break;
          // The result would have no reader any more.
          if (output.closed?.aborted) return;
          await sleep(options.interval * 1000);
        }
      } finally {
        progress.stop();
      }
      const succeeded = keeper.record.status === "SUCCEEDED";
      if (!succeeded || !options.quiet) output.stderr.write(`\n${summarise(keeper.record)}\n`);
      onExit(succeeded ? 0 : FAILED);
    });
}

function parseInterval(value: string): number {
  const number = Number(value);
  if (!(number >= 0.1 && number <= 3600)) throw new InvalidArgumentError("It must be a number from 0.1 to 3600.");
  return number;
}
