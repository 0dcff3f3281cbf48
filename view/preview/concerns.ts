/** Purposes of resources, in the order of interest to people. */
export const CONCERNS = [
  "Workflow",
  "Queues",
  "Jobs",
  "Compute",
  "Image",
  "Storage",
  "Notifications",
  "Trigger",
  "Functions",
  "Monitoring",
  "Network",
  "Permissions",
  "Other",
] as const;

export type Concern = (typeof CONCERNS)[number];

/** Prefixes of types, longer ones before shorter ones. */
const TYPES: [beginning: string, concern: Concern][] = [
  ["aws:sfn/", "Workflow"],
  ["aws:batch/jobQueue:", "Queues"],
  ["aws:batch/schedulingPolicy:", "Queues"],
  ["aws:batch/jobDefinition:", "Jobs"],
  // Job definitions with properties that the provider's own resource lacks.
  ["aws:cloudcontrol/", "Jobs"],
  ["aws:batch/", "Compute"],
  ["aws:ec2/launchTemplate:", "Compute"],
  ["aws:ecr/", "Image"],
  ["awsx:ecr:", "Image"],
  ["aws:s3/", "Storage"],
  ["aws:kms/", "Storage"],
  ["aws:sns/", "Notifications"],
  ["aws:sqs/", "Notifications"],
  ["aws:cloudwatch/event", "Trigger"],
  ["aws:scheduler/", "Trigger"],
  ["aws:lambda/", "Functions"],
  ["aws:cloudwatch/", "Monitoring"],
  ["aws:ec2/", "Network"],
  ["awsx:ec2:", "Network"],
  ["aws:iam/", "Permissions"],
];

export function concernOf(type: string): Concern {
  return TYPES.find(([beginning]) => type.startsWith(beginning))?.[1] ?? "Other";
}

/** `JobQueue` for `aws:batch/jobQueue:JobQueue`. */
export function shortType(type: string): string {
  return type.split(":").at(-1)!;
}
