import type { Command } from "commander";

import { findApprovalToken } from "../../aws/approval";
import { rejection } from "../../runner/integrations/answers";
import { answerCommand, type AnswerOptions } from "../options/answer";
import { parseShortText } from "../options/approval";
import { selectExecution } from "../options/aws";
import { EXECUTION_EXAMPLE, withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

export function rejectCommand(output: Output): Command {
  return withHelp(
    answerCommand("reject", "Reject an execution in AWS that is waiting for approval: it fails and publishes nothing."),
    {
      examples: [
        {
          what: "Publish nothing, and say why:",
          args: `reject ${EXECUTION_EXAMPLE} --stack dev --cause 'Wrong language.'`,
        },
      ],
    },
  )
    .option("--cause <text>", "the reason, for the failure notification", parseShortText)
    .action(async (named: string, options: AnswerOptions & { cause?: string }) => {
      const { execution, account } = await selectExecution(named, options);
      const taskToken = await findApprovalToken(account, execution);
      await account.stepFunctions((sdk, client) =>
        client.send(new sdk.SendTaskFailureCommand({ taskToken, ...rejection(options.by, options.cause) })),
      );
      output.stderr.write(`Rejected ${execution}\n`);
    });
}
