import type { QueueArgs } from "./args";
import { LEAST_WAIT, MOST_WAIT, type Queue } from "./defaults";
import type { Pipeline } from "../settings";
import { platformName } from "../../contract/jobPlatform";
import { checkFairShare } from "./checkFairShare";
import { notAllowed } from "../rules/choices";
import { badName, badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";

/** Batch allows 50 queues in a region of an account, and 3 environments in a queue. */
const MOST_QUEUES = 50;
const MOST_ENVIRONMENTS = 3;

const EARLIER = "A queue with a higher number is served first.";

export const checkQueues: Check = ({ args: { queues }, pipeline }) => [
  ...when(queues?.length === 0, () =>
    problem("queues", "must have at least one entry", queues, "Leave it out for the queues high and low."),
  ),
  ...when((queues?.length ?? 0) > MOST_QUEUES, () =>
    problem(
      "queues",
      `must have at most ${MOST_QUEUES} entries, which is what Batch allows`,
      queues?.length,
      "Let several parts share a queue.",
    ),
  ),
  ...pipeline.queues.flatMap((queue, index) => {
    const own = queues?.[index];
    const path = queues ? `queues[${index}]` : "queues";
    // Queues that nobody wrote down all have the same environments.
    const environments = own !== undefined || index === 0 ? checkEnvironments(own, queue, path, pipeline) : [];
    return [...(own ? checkQueue(own, path) : []), ...environments];
  }),
  ...duplicates("queues", queues?.map(({ name }) => name) ?? [], "name"),
  ...duplicates("queues", queues?.map(({ jobQueueName }) => jobQueueName) ?? [], "jobQueueName"),
];

function checkQueue(queue: QueueArgs, path: string): Problem[] {
  return [
    ...badName(`${path}.name`, queue.name, 60),
    ...when(queue.priority === undefined, () => problem(`${path}.priority`, "must be given", queue.priority, EARLIER)),
    ...outOfRanges(path, queue, {
      priority: whole(0, 1000, EARLIER),
      capacityWaitSeconds: whole(LEAST_WAIT, MOST_WAIT, "Leave it out for workflow.queueWaitSeconds."),
      misfitWaitSeconds: whole(LEAST_WAIT, MOST_WAIT, "Leave it out for 600."),
    }),
    ...(queue.enableWaitLimits === false
      ? notAllowed(
          path,
          queue,
          ["capacityWaitSeconds", "misfitWaitSeconds"],
          `while ${path}.enableWaitLimits is false`,
          "Remove one of the two.",
        )
      : []),
    ...checkFairShare(queue.fairShare, `${path}.fairShare`),
    ...badPhysicalName(`${path}.jobQueueName`, queue.jobQueueName),
  ];
}

function checkEnvironments(
  own: QueueArgs | undefined,
  { environments }: Queue,
  queuePath: string,
  { computeEnvironments }: Pipeline,
): Problem[] {
  const path = own ? `${queuePath}.environments` : queuePath;
  const known = computeEnvironments.map(({ name }) => name);
  const used = computeEnvironments.filter(({ name }) => environments.includes(name));
  const [first] = used;
  const other = used.find(({ site }) => first && platformName(site) !== platformName(first.site));
  return [
    ...environments.flatMap((name) =>
      when(!known.includes(name), () =>
        problem(
          path,
          `must be names of compute environments: ${known.join(", ")}`,
          name,
          "Correct it, or add the environment to computeEnvironments.",
        ),
      ),
    ),
    ...when(own?.environments?.length === 0, () =>
      problem(path, "must have at least one entry", [], "Leave it out for all environments."),
    ),
    ...when(new Set(environments).size < environments.length, () =>
      problem(path, "must have every environment once", environments, "Remove the second mention."),
    ),
    ...when(environments.length > MOST_ENVIRONMENTS, () =>
      problem(
        path,
        `must have at most ${MOST_ENVIRONMENTS} environments, those behind Spot capacity included`,
        environments,
        "Batch tries no more than that: name the ones that this queue uses.",
      ),
    ),
    ...when(other !== undefined, () =>
      problem(
        path,
        "must be of one kind and architecture",
        used.map(({ name, site }) => `${name} (${platformName(site)})`),
        "Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: make a queue for each.",
      ),
    ),
  ];
}
