import { LONGEST_PATTERN } from "../rules/limits";
import type { QueueSettings } from "./defaults";

/** `arn:aws-us-gov:batch:ap-southeast-1:123456789012:job-queue/`, with quotes and comma, and some characters to spare. */
const ARN_WITHOUT_NAME = 70;
/** The rest of the pattern, likewise. */
const PATTERN_WITHOUT_QUEUES = 200;
/** What Pulumi appends to the names that it generates. */
const SUFFIX = "-queue-1a2b3c4".length;

/**
 * The names of the queues in groups, in their order, such that the queues of a group fit into the pattern of one rule. Usually there
 * is one group. Their number decides how many rules there are, so it can't wait for the ARNs.
 */
export function groupForEventRules(pipelineName: string, queues: QueueSettings[]): string[][] {
  const groups: string[][] = [];
  let left = 0;
  for (const { name, jobQueueName = `${pipelineName}-${name}` } of queues) {
    const length = jobQueueName.length + SUFFIX + ARN_WITHOUT_NAME;
    if (groups.length === 0 || length > left) {
      groups.push([]);
      left = LONGEST_PATTERN - PATTERN_WITHOUT_QUEUES;
    }
    groups.at(-1)?.push(name);
    left -= length;
  }
  return groups;
}
