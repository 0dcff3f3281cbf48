import type { Roles } from "../access/args";
import { policy } from "../access/statements";
import { LONGEST_BUS_ARN } from "../events/limits";
import { type JobsSettings, listJobs, sendsEvent } from "../jobs/defaults";
import { secretArn } from "../jobs/jobRoles";
import type { QueueSettings } from "../queues/defaults";
import { type Check, type Problem, when } from "../rules/problem";
import type { StorageSettings } from "../storage/defaults";
import { generateWorkflow } from "../workflow/generateWorkflow";
import type { StateMachineSettings } from "./defaults";
import { LOG_DELIVERY, TRACING } from "./stateMachineRole";

/**
 * All inline policies of a role together, without white space.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const ROLE_CHARACTERS = 10_240;

/** What is not known yet counts with the most characters that it can have. */
const LONGEST = {
  location: "arn:aws-us-gov:batch:us-gov-west-1:123456789012",
  /** Pulumi's own end of a generated name. */
  generated: "-1234567",
  bucket: 63,
  fileSystem: 100,
  secret: 250,
  /** The repository of an image. */
  repository: 330,
  /** The statement that lets jobs send events. */
  sendEvents: 150 + LONGEST_BUS_ARN.length,
  /** Statements of the state machine's role for the keys of topic, bucket, executions and logs. */
  keysOfStateMachine: 1900,
  /** The other statements of the other two roles, those for keys included. */
  others: 1200,
};
/** Quotation marks and comma of an entry of a list. */
const ENTRY = 3;

interface Settings {
  name: string;
  stateMachine: StateMachineSettings;
  jobs: JobsSettings;
  queues: QueueSettings[];
  storage?: StorageSettings;
}

type MadeRole = "stateMachineRoleArn" | "jobRoleArn" | "executionRoleArn";

const REMEDIES: Record<MadeRole, string> = {
  stateMachineRoleArn: "omit jobDefinitionName and use fewer queues",
  jobRoleArn: "read from fewer buckets and file systems",
  executionRoleArn: "give the jobs fewer secrets, since one secret can hold several values",
};

/** The policies of the roles that are made. Their lists have no limits of their own. */
export const checkPolicySizes: Check<{ roles?: Roles }, Settings> = ({ args: { roles = {} }, settings }) => {
  const sizes = longestPolicies(settings);
  return (Object.keys(REMEDIES) as MadeRole[]).flatMap((key) => tooLong(roles, key, sizes[key]));
};

/** The most characters that the policy of each role can have. */
export function longestPolicies(settings: Settings): Record<MadeRole, number> {
  const { jobs, storage } = settings;
  const list = listJobs(jobs.kinds).map(([, job]) => job);
  const references = list.flatMap((job) => Object.values(job.secrets));
  const secrets = new Set(references.map((one) => (typeof one === "string" ? secretArn(one) : one)));
  const mounts = list.flatMap((job) => job.efsMounts);
  const buckets = (storage?.inputBuckets ?? []).map(
    (name) => length(name, LONGEST.bucket) + "arn:aws-us-gov:s3:::".length,
  );
  return {
    stateMachineRoleArn: stateMachinePolicy(settings),
    jobRoleArn:
      LONGEST.others +
      jobs.outputPrefix.length +
      (list.some(sendsEvent) ? LONGEST.sendEvents : 0) +
      // A bucket is in one list by itself and in another with its objects; a file system that jobs write to is in two lists.
      sum(buckets.map((bucket) => 2 * (bucket + ENTRY) + "/*".length)) +
      sum(mounts.map(({ fileSystemArn }) => 2 * (length(fileSystemArn, LONGEST.fileSystem) + ENTRY))),
    executionRoleArn:
      LONGEST.others +
      list.length * (LONGEST.repository + ENTRY) +
      sum([...secrets].map((arn) => length(arn, LONGEST.secret) + ENTRY)),
  };
}

function tooLong(roles: Roles, key: MadeRole, characters: number): Problem[] {
  const most = ROLE_CHARACTERS.toLocaleString("en-US");
  return when(roles[key] === undefined && characters > ROLE_CHARACTERS, {
    path: `roles.${key}`,
    rule: `must be given because the policy of a created role would have more than ${most} characters, which is IAM's limit`,
    received: roles[key],
    remedy: `It would have up to ${characters.toLocaleString("en-US")}: name your own role, which can have managed policies, or ${REMEDIES[key]}.`,
  });
}

function stateMachinePolicy({ name, stateMachine: { workflow, tracing }, jobs, queues }: Settings): number {
  const arn = (kind: string, physical: string): string => `${LONGEST.location}:${kind}/${physical}`;
  const { statements } = generateWorkflow(workflow, {
    jobQueues: Object.fromEntries(
      queues.map((queue) => [
        queue.name,
        arn("job-queue", queue.jobQueueName ?? `${name}-${queue.name}-queue${LONGEST.generated}`),
      ]),
    ),
    jobDefinitions: Object.fromEntries(
      jobs.variants.map(({ key, job, suffix }) => {
        const own = jobs.kinds[job]?.jobDefinitionName;
        return [key, `${arn("job-definition", own === undefined ? `${name}-${key}` : `${own}${suffix}`)}:1`];
      }),
    ),
    topic: `${LONGEST.location}:${name}-topic${LONGEST.generated}`,
    eventBus: LONGEST_BUS_ARN,
    jobLogGroup: "",
    bucketName: "x".repeat(LONGEST.bucket),
  });
  const all = policy([...statements, LOG_DELIVERY, ...(tracing ? [TRACING] : [])]);
  return JSON.stringify(all).length + LONGEST.keysOfStateMachine;
}

/** The length of a text, or the most that it can be as long as it is not known. */
function length(text: unknown, longest: number): number {
  return typeof text === "string" ? text.length : longest;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
