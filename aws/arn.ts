import { UsageError } from "../contract/usageError";

/** The parts of a state machine's ARN. */
export interface MachineArn {
  arn: string;
  partition: string;
  region: string;
  account: string;
  name: string;
}

const MACHINE = /^arn:([\w-]+):states:([\w-]+):(\d{12}):stateMachine:([^:]+)$/;
const EXECUTION = /^arn:([\w-]+):states:([\w-]+):(\d{12}):execution:([^:]+):([^:]+)$/;

export function parseMachineArn(arn: string): MachineArn {
  const match = MACHINE.exec(arn);
  if (!match) {
    throw new UsageError(
      `The state machine must be an ARN such as arn:aws:states:eu-west-1:123456789012:stateMachine:videos. Received ${JSON.stringify(arn)}.`,
    );
  }
  const [, partition, region, account, name] = match as unknown as [string, string, string, string, string];
  return { arn, partition, region, account, name };
}

/** The state machine in an execution's ARN, or nothing if the text is no such ARN. */
export function machineOfExecution(execution: string): MachineArn | undefined {
  const match = EXECUTION.exec(execution);
  if (!match) return undefined;
  const [, partition, region, account, name] = match as unknown as [string, string, string, string, string];
  return { arn: `arn:${partition}:states:${region}:${account}:stateMachine:${name}`, partition, region, account, name };
}

export function executionArn({ partition, region, account, name }: MachineArn, execution: string): string {
  return `arn:${partition}:states:${region}:${account}:execution:${name}:${execution}`;
}

/** The text after the last slash or colon: `high` in `arn:aws:batch:…:job-queue/high`. */
export function lastSegment(arn: string): string {
  return arn.split(/[/:]/).at(-1)!;
}

/** `videos-TranscodeVideo` in `arn:aws:batch:…:job-definition/videos-TranscodeVideo:3`. */
export function jobDefinitionName(arn: string): string {
  return arn.replace(/:\d+$/, "").split("/").at(-1)!;
}
