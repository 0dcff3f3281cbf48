import type { Pipeline } from "../settings";
import { LONGEST_PATTERN } from "../trigger/uploadPattern";

/** `arn:aws-us-gov:batch:ap-southeast-1:123456789012:job-queue/`, quotes and comma included, with some letters to spare. */
const BESIDE_THE_NAME = 70;
/** What a pattern has besides the queues, likewise. */
const BESIDE_THE_QUEUES = 200;
/** What Pulumi puts behind a name that it generates. */
const SUFFIX = "-queue-1a2b3c4".length;

/**
 * Names of the queues in groups, in their order, of which each has room in the pattern of one rule. Nearly always that is one. How
 * many there are decides how many rules, so it can't wait for the ARNs.
 */
export function eventRuleGroups({ name, queues }: Pipeline): string[][] {
  const groups: string[][] = [];
  let left = 0;
  for (const queue of queues) {
    const length = (queue.jobQueueName ?? `${name}-${queue.name}`).length + SUFFIX + BESIDE_THE_NAME;
    if (groups.length === 0 || length > left) {
      groups.push([]);
      left = LONGEST_PATTERN - BESIDE_THE_QUEUES;
    }
    groups.at(-1)?.push(queue.name);
    left -= length;
  }
  return groups;
}

/** Of the names of resources that there are several of only with many queues: the first is called as if it were alone. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
