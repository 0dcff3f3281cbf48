import { type AwsLocation, lastSegment, parseArn } from "../contract/arn";
import { UsageError } from "../contract/usageError";

/** The parts of a state machine's ARN. */
export interface MachineArn extends AwsLocation {
  arn: string;
  name: string;
}

const MACHINE = /^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:([^:]+)$/;
const EXECUTION = /^arn:[\w-]+:states:[\w-]+:\d{12}:execution:([^:]+):[^:]+$/;

export function parseMachineArn(arn: string): MachineArn {
  const name = MACHINE.exec(arn)?.[1];
  if (name === undefined) {
    throw new UsageError(
      `The state machine must be an ARN such as arn:aws:states:eu-west-1:123456789012:stateMachine:videos. Received ${JSON.stringify(arn)}.`,
    );
  }
  return { arn, ...parseArn(arn), name };
}

/** The state machine in an execution's ARN, or nothing if the text is no such ARN. */
export function machineOfExecution(execution: string): MachineArn | undefined {
  const name = EXECUTION.exec(execution)?.[1];
  if (name === undefined) return undefined;
  const location = parseArn(execution);
  const { partition, region, account } = location;
  return { arn: `arn:${partition}:states:${region}:${account}:stateMachine:${name}`, ...location, name };
}

export function executionArn({ partition, region, account, name }: MachineArn, execution: string): string {
  return `arn:${partition}:states:${region}:${account}:execution:${name}:${execution}`;
}

/** `videos-TranscodeVideo` in `arn:aws:batch:…:job-definition/videos-TranscodeVideo:3`. */
export function jobDefinitionName(arn: string): string {
  return lastSegment(arn.replace(/:\d+$/, ""));
}
