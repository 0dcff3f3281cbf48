import { Argument, type Command } from "commander";

import { Account } from "../../aws/account";
import { executionArn, parseMachineArn, machineOfExecution, type MachineArn } from "../../aws/arn";
import { deployedStateMachine } from "../../aws/stackOutputs";
import { UsageError } from "../../contract/usageError";
import type { Selection } from "./selection";

export interface AwsSelection extends Selection {
  stateMachine?: string;
  region?: string;
  endpointUrl?: string;
}

/** Adds the options with which a command finds the deployed pipeline. */
export function withAws(command: Command): Command {
  return command
    .option("--stack <name>", "the deployed stack whose outputs name the state machine (default: dev)")
    .option("--program <dir>", "folder of the stack's Pulumi program")
    .option("--state-machine <arn>", "ARN of the state machine, instead of a stack's outputs")
    .option("--region <region>", "AWS region, instead of the ARN's or the profile's")
    .option("--endpoint-url <url>", "endpoint of every AWS service, instead of AWS_ENDPOINT_URL or AWS itself");
}

export function executionArgument(): Argument {
  return new Argument("<execution>", "ARN or name of an execution");
}

/** The state machine that the options select, with access to its account. */
export async function selectMachine(options: AwsSelection): Promise<{ machine: MachineArn; account: Account }> {
  const machine = parseMachineArn(options.stateMachine ?? (await deployedStateMachine(options)));
  return { machine, account: openAccount(options, machine.region) };
}

/** The execution that the argument selects. An ARN is sufficient; a name needs the state machine. */
export async function selectExecution(
  execution: string,
  options: AwsSelection,
): Promise<{ execution: string; account: Account }> {
  const named = machineOfExecution(execution);
  if (named) return { execution, account: openAccount(options, named.region) };
  if (execution.includes(":")) {
    throw new UsageError(
      `The execution must be an ARN such as arn:aws:states:eu-west-1:123456789012:execution:videos:name, or a name. Received ${JSON.stringify(execution)}.`,
    );
  }
  const { machine, account } = await selectMachine(options);
  return { execution: executionArn(machine, execution), account };
}

function openAccount({ region, endpointUrl }: AwsSelection, own: string): Account {
  return new Account({ region: region ?? own, ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) });
}
