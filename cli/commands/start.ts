import { Command } from "commander";

import { UsageError } from "../../contract/usageError";
import { selectMachine, withAws, type AwsSelection } from "../options/aws";
import type { Output } from "../output/output";

interface StartCommandOptions extends AwsSelection {
  output?: string;
  name?: string;
}

export function startCommand(output: Output): Command {
  return withAws(new Command("start"))
    .description("Start the deployed pipeline on a video in S3 and print the execution's ARN.")
    .argument("<video>", "s3://bucket/key")
    .option("--output <uri>", "s3://bucket/prefix for the output, instead of the pipeline's default location")
    .option("--name <name>", "a name for the execution, unique for 90 days")
    .action(async (video: string, options: StartCommandOptions) => {
      const input = {
        input: checkS3Uri(video, "video"),
        ...(options.output ? { output: checkS3Uri(options.output, "output") } : {}),
      };
      const { machine, account } = await selectMachine(options);
      const { executionArn } = await account.stepFunctions((sdk, client) =>
        client.send(
          new sdk.StartExecutionCommand({
            stateMachineArn: machine.arn,
            input: JSON.stringify(input),
            ...(options.name === undefined ? {} : { name: options.name }),
          }),
        ),
      );
      output.stdout.write(`${executionArn}\n`);
    });
}

function checkS3Uri(uri: string, what: string): string {
  if (/^s3:\/\/[^/]+\/./s.test(uri)) return uri;
  throw new UsageError(`The ${what} must be like s3://bucket/key. Received ${JSON.stringify(uri)}.`);
}
