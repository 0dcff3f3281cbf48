import type { Command } from "commander";

import { findApprovalToken } from "../../aws/approval";
import { approval } from "../../runner/integrations/answers";
import { answerCommand, type AnswerOptions } from "../options/answer";
import { selectExecution } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

export function approveCommand(output: Output): Command {
  return withHelp(
    answerCommand("approve", "Approve an execution in AWS that is waiting for approval: it publishes its video."),
    {
      examples: [
        { what: "Publish a video, in your name:", args: `approve ${EXECUTION_EXAMPLE} --stack dev --by 'Ada L.'` },
      ],
    },
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
