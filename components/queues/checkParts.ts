import { noEntries } from "../rules/lists";
import { outOfRange } from "../rules/numbers";
import { type Check, when } from "../rules/problem";
import type { Part } from "./args";
import { PART_LIMITS } from "./limits";
import type { QueueSettings } from "./defaults";

export const checkParts: Check<{ parts?: Part[] }, { queues: QueueSettings[] }> = ({
  args: { parts },
  settings: { queues },
}) => {
  if (!parts) return [];
  const names = queues.map(({ name }) => name);
  return [
    ...noEntries("parts", parts, "Omit it to use an opening of 10 seconds and the rest."),
    ...parts.flatMap(({ queue, seconds }, index) => {
      const path = `parts[${index}]`;
      const last = index === parts.length - 1;
      return [
        ...when(!names.includes(queue), {
          path: `${path}.queue`,
          rule: `must be the name of a queue: ${names.join(", ")}`,
          received: queue,
          remedy: "Correct it, or add the queue to queues.",
        }),
        ...when(!last && seconds === undefined, {
          path: `${path}.seconds`,
          rule: "must be given on every part but the last",
          received: seconds,
          remedy: "Set the part's length.",
        }),
        ...when(last && seconds !== undefined, {
          path: `${path}.seconds`,
          rule: "must not be given on the last part, which is the rest of the video",
          received: seconds,
          remedy: "Remove it, or add a part for the rest.",
        }),
        ...outOfRange(`${path}.seconds`, seconds, PART_LIMITS.seconds),
      ];
    }),
  ];
};
