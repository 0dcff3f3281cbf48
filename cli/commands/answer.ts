import { Command } from "commander";

import { findApprovalToken } from "../../aws/approval";
import { approval, rejection } from "../../runner/integrations/answers";
import { parseShortText, userName } from "../options/approval";
import { executionArgument, selectExecution, withAws, type AwsSelection } from "../options/aws";
import type { Output } from "../output/output";

interface AnswerOptions extends AwsSelection {
  by: string;
  cause?: string;
}

export function approveCommand(output: Output): Command {
  return answerCommand(
    "approve",
    "Approve an execution in AWS that is waiting for approval: it publishes its video.",
  ).action(async (named: string, options: AnswerOptions) => {
    const { execution, account } = await selectExecution(named, options);
    const taskToken = await findApprovalToken(account, execution);
    const answer = JSON.stringify(approval(options.by));
    await account.stepFunctions((sdk, client) =>
      client.send(new sdk.SendTaskSuccessCommand({ taskToken, output: answer })),
    );
    output.stderr.write(`Approved ${execution}\n`);
  });
}

export function rejectCommand(output: Output): Command {
  return answerCommand(
    "reject",
    "Reject an execution in AWS that is waiting for approval: it fails and publishes nothing.",
  )
    .option("--cause <text>", "the reason, for the failure notification", parseShortText)
    .action(async (named: string, options: AnswerOptions) => {
      const { execution, account } = await selectExecution(named, options);
      const taskToken = await findApprovalToken(account, execution);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.SendTaskFailureCommand({ taskToken, ...rejection(options.by, options.cause) })),
      );
      output.stderr.write(`Rejected ${execution}\n`);
    });
}

function answerCommand(name: string, description: string): Command {
  return withAws(new Command(name))
    .description(description)
    .addArgument(executionArgument())
    .option("--by <name>", "who answers", parseShortText, userName());
}
