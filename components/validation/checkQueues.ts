import { badName, badPhysicalName, duplicates } from "./names";
import { outOfRange, whole } from "./numbers";
import { type Check, problem, when } from "./problem";

/** Batch allows 50 queues in a region of an account. */
const MOST_QUEUES = 50;

export const checkQueues: Check = ({ args: { queues } }) => {
  if (!queues) return [];
  return [
    ...when(queues.length === 0, () =>
      problem("queues", "must have at least one entry", queues, "Leave it out for the queues high and low."),
    ),
    ...when(queues.length > MOST_QUEUES, () =>
      problem(
        "queues",
        `must have at most ${MOST_QUEUES} entries, which is what Batch allows`,
        queues.length,
        "Let several parts share a queue.",
      ),
    ),
    ...queues.flatMap(({ name, priority, jobQueueName }, index) => [
      ...badName(`queues[${index}].name`, name, 60),
      ...when(priority === undefined, () =>
        problem(
          `queues[${index}].priority`,
          "must be given",
          priority,
          "A queue with a higher number is served first.",
        ),
      ),
      ...outOfRange(
        `queues[${index}].priority`,
        priority,
        whole(0, 1000, "A queue with a higher number is served first."),
      ),
      ...badPhysicalName(`queues[${index}].jobQueueName`, jobQueueName),
    ]),
    ...duplicates(
      "queues",
      queues.map(({ name }) => name),
      "name",
    ),
    ...duplicates(
      "queues",
      queues.map(({ jobQueueName }) => jobQueueName),
      "jobQueueName",
    ),
  ];
};
