import type { Branch, States } from "./states";
import type { Statement } from "./statements";
import type { JobParameter } from "../../../contract/jobs";
import type { WorkflowArns } from "../settings/settings";

/** What a builder returns: states, and the permissions that they need, so that the two can't drift apart. */
export interface BuiltStates {
  states: States;
  statements: Statement[];
}

export interface BuiltBranch {
  branch: Branch;
  statements: Statement[];
}

/** The validation has seen to it that every name is known; this is for whoever calls the generator without it. */
export function queueArn(arns: WorkflowArns, queue: string): string {
  const arn = arns.jobQueues[queue];
  if (arn === undefined) throw new Error(`There is no ARN for the queue "${queue}".`);
  return arn;
}

export function jobDefinitionArn(arns: WorkflowArns, key: string): string {
  const arn = arns.jobDefinitions[key];
  if (arn === undefined) throw new Error(`There is no ARN for the job definition of "${key}".`);
  return arn;
}

/** Batch refuses parameters that the command does not name, and placeholders without a parameter. */
export function pickParameters<T>(
  names: JobParameter[],
  values: Partial<Record<JobParameter, T>>,
): Record<string, T> | undefined {
  const entries = names.flatMap((name): [string, T][] => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
