import { randomUUID } from "node:crypto";

import { Command } from "commander";

import { warnOfRegions } from "../../aws/bucketRegions";
import {
  EXECUTION_NAME_RULE,
  executionNameFor,
  isExecutionName,
  nearestExecutionName,
} from "../../contract/executionName";
import { checkS3Uri } from "../../contract/s3Uri";
import { UsageError } from "../../contract/usageError";
import { selectMachine, withAws, type AwsSelection } from "../options/aws";
import { type DamagedShareOptions, withDamagedShare } from "../options/damagedShare";
import { withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

interface StartCommandOptions extends AwsSelection, DamagedShareOptions {
  output?: string;
  name?: string;
}

export function startCommand(output: Output): Command {
  return withHelp(withDamagedShare(withAws(new Command("start"))), {
    examples: [
      {
        what: "A video in S3, with the pipeline of the stack dev:",
        args: "start s3://videos/uploads/clip.mp4 --stack dev",
      },
    ],
  })
    .description("Start the deployed pipeline on a video in S3 and print the execution's ARN.")
    .argument("<video>", "s3://bucket/key")
    .option("--output <uri>", "s3://bucket/prefix for the output, instead of the pipeline's default location")
    .option(
      "--name <name>",
      "a name for the execution, unique for 90 days (default: the video's name and random digits)",
    )
    .action(async (video: string, options: StartCommandOptions) => {
      const input = {
        input: checkS3Uri(video, "video"),
        ...(options.output ? { output: checkS3Uri(options.output, "output") } : {}),
        ...(options.maxDamagedShare === undefined ? {} : { maxDamagedShare: options.maxDamagedShare }),
      };
      const name = options.name === undefined ? uniqueName(input.input) : checkName(options.name);
      const { machine, account } = await selectMachine(options);
      const warnings = warnOfRegions(account, machine.region, input);
      const { executionArn } = await account.stepFunctions((sdk, client) =>
        client.send(
          new sdk.StartExecutionCommand({
            stateMachineArn: machine.arn,
            input: JSON.stringify(input),
            name,
          }),
        ),
      );
      output.stdout.write(`${executionArn}\n`);
      for (const warning of await warnings) output.stderr.write(`${warning}\n`);
    });
}

/** Readable, and unlike the name of any other execution. */
function uniqueName(video: string): string {
  return executionNameFor(video, randomUUID().slice(0, 18));
}

function checkName(name: string): string {
  if (isExecutionName(name)) return name;
  throw new UsageError(
    `The name of an execution ${EXECUTION_NAME_RULE}. Received ${JSON.stringify(name)}. Use, for example, ${nearestExecutionName(name)}.`,
  );
}
