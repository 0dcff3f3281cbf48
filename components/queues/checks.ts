import { platformName } from "../../contract/jobPlatform";
import type { ComputeSettings } from "../compute/defaults";
import { notAllowed } from "../rules/choices";
import { noEntries, tooManyEntries } from "../rules/lists";
import { badName, badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges } from "../rules/numbers";
import { type Check, type Problem, when } from "../rules/problem";
import type { Queue } from "./args";
import { checkFairShare } from "./checkFairShare";
import { type QueueSettings } from "./defaults";
import { QUEUE_LIMITS } from "./limits";

/** Batch allows 50 queues per region and account, and 3 environments per queue. */
const MOST_QUEUES = 50;
const MOST_ENVIRONMENTS = 3;

interface Settings {
  queues: QueueSettings[];
  compute: ComputeSettings;
}

interface Args {
  queues?: Queue[];
}

export const checkQueues: Check<Args> = ({ args: { queues } }) => [
  ...noEntries("queues", queues, "Omit it to use the queues high and low."),
  ...tooManyEntries("queues", queues, MOST_QUEUES, "Let several parts share a queue."),
  ...(queues ?? []).flatMap((queue, index) => checkQueue(queue, `queues[${index}]`)),
  ...duplicates("queues", queues ?? [], "name"),
  ...duplicates("queues", queues ?? [], "jobQueueName"),
];

export const checkQueueEnvironments: Check<Args, Settings> = ({ args: { queues }, settings }) =>
  // The default queues all have the same environments.
  (queues ?? [undefined]).flatMap((own, index) => checkEnvironments(own, index, settings));

function checkQueue(queue: Queue, path: string): Problem[] {
  return [
    ...badName(`${path}.name`, queue.name, 60),
    ...outOfRanges(path, queue, QUEUE_LIMITS),
    ...(queue.enableWaitLimits === false
      ? notAllowed(path, queue, {
          keys: ["capacityWaitSeconds", "misfitWaitSeconds"],
          where: `while ${path}.enableWaitLimits is false`,
          remedy: "Remove one of them.",
        })
      : []),
    ...checkFairShare(queue.fairShare, `${path}.fairShare`),
    ...badPhysicalName(`${path}.jobQueueName`, queue.jobQueueName),
  ];
}

function checkEnvironments(own: Queue | undefined, index: number, { queues, compute }: Settings): Problem[] {
  const path = own ? `queues[${index}].environments` : "queues";
  const environments = queues[index]?.environments ?? [];
  const known = compute.environments.map(({ name }) => name);
  const used = compute.environments.filter(({ name }) => environments.includes(name));
  const [first] = used;
  const other = used.find(({ jobPlatform }) => first && platformName(jobPlatform) !== platformName(first.jobPlatform));
  return [
    ...environments.flatMap((name) =>
      when(!known.includes(name), {
        path,
        rule: `must be names of compute environments: ${known.join(", ")}`,
        received: name,
        remedy: "Correct it, or add the environment to computeEnvironments.",
      }),
    ),
    ...noEntries(path, own?.environments, "Omit it to use all environments."),
    ...when(new Set(environments).size < environments.length, {
      path,
      rule: "must name each environment only once",
      received: environments,
      remedy: "Remove the repetition.",
    }),
    ...when(environments.length > MOST_ENVIRONMENTS, {
      path,
      rule: `must have at most ${MOST_ENVIRONMENTS} environments, including On-Demand fallbacks`,
      received: environments,
      remedy: "This is Batch's limit for a queue: name only the environments that this queue uses.",
    }),
    ...when(other !== undefined, {
      path,
      rule: "must have one platform and architecture",
      received: used.map(({ name, jobPlatform }) => `${name} (${platformName(jobPlatform)})`),
      remedy: "Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: add a queue for each.",
    }),
  ];
}
