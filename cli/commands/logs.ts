import { Command } from "commander";

import { ExecutionReader } from "../../aws/execution";
import { readLog } from "../../aws/logs";
import type { AttemptRecord, JobRecord, Run } from "../../contract/run";
import { RecordKeeper } from "../../runner/record/recordKeeper";
import { suggestion } from "../../contract/nearest";
import { UsageError } from "../../contract/usageError";
import { everyState, outline } from "../../view/outline/outline";
import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

export function logsCommand(output: Output): Command {
  return withHelp(withAws(new Command("logs")), {
    examples: [
      { what: "The logs of all jobs of an execution:", args: `logs ${EXECUTION_EXAMPLE} --stack dev` },
      { what: "Those of one step:", args: `logs ${EXECUTION_EXAMPLE} Transcode_720p-1 --stack dev` },
    ],
  })
    .description("Print the logs of an execution's jobs, for all states or for one.")
    .addArgument(executionArgument())
    .argument("[state]", "name of a state, for example Transcode_720p-1")
    .action(async (named: string, state: string | undefined, options: AwsSelection) => {
      const { execution, account } = await selectExecution(named, options);
      const reader = await ExecutionReader.open(account, execution);
      checkState(state, reader.definition);
      const keeper = new RecordKeeper(reader.emptyRun(), "");
      for (const event of await reader.poll()) keeper.apply(event);
      const found = loggedAttempts(keeper.record, state);
      if (found.length === 0)
        output.stderr.write(`No job${state === undefined ? "" : ` of ${state}`} has written a log yet.\n`);
      for (const { title, log } of found) {
        output.stdout.write(`==> ${title} <==\n`);
        for (const line of await readLog(account, reader.logs.get(log)!)) output.stdout.write(`${line}\n`);
      }
    });
}

function checkState(state: string | undefined, definition: unknown): void {
  const names = everyState(outline(definition)).flatMap(({ name, queue }) => (queue === undefined ? [] : name));
  if (state === undefined || names.includes(state)) return;
  throw new UsageError(`There is no state ${JSON.stringify(state)} with a job. ${suggestion(state, names)}`);
}

function loggedAttempts({ jobs }: Run, wanted: string | undefined): { title: string; log: string }[] {
  const states = new Map(jobs.map(({ id, state }) => [id, state]));
  const titleOf = ({ state, parentId, name, arrayIndex }: JobRecord, { attempt }: AttemptRecord): string => {
    const chunk = arrayIndex === undefined ? "" : `[${arrayIndex}]`;
    return `${state ?? states.get(parentId ?? "") ?? name}${chunk}, attempt ${attempt}`;
  };
  return jobs.flatMap((job) => {
    const state = job.state ?? states.get(job.parentId ?? "");
    if (wanted !== undefined && state !== wanted) return [];
    return job.attempts.flatMap((attempt) =>
      attempt.log === undefined ? [] : { title: titleOf(job, attempt), log: attempt.log },
    );
  });
}
