import type { Limit } from "../rules/numbers";

/** Seconds that Batch lets the job at the head of a queue wait, at least and at most. */
const SHORTEST_WAIT = 600;
const LONGEST_WAIT = 86_400;

/** Limits of job queues. */
export const QUEUE_LIMITS = {
  priority: { min: 0, max: 1000, unit: "", remedy: "Queues with higher numbers are served first." },
  capacityWaitSeconds: {
    min: SHORTEST_WAIT,
    max: LONGEST_WAIT,
    unit: "seconds",
    remedy: "Omit it to use workflow.queueWaitSeconds.",
  },
  misfitWaitSeconds: {
    min: SHORTEST_WAIT,
    max: LONGEST_WAIT,
    unit: "seconds",
    default: SHORTEST_WAIT,
    remedy: "Omit it to use 600.",
  },
} satisfies Record<string, Limit>;

/** Limits of fair shares. */
export const FAIR_SHARE_LIMITS = {
  decaySeconds: { min: 0, max: 604_800, unit: "seconds", default: 3600, remedy: "The default is 3600." },
  reservationPercent: { min: 0, max: 99, unit: "percent", default: 0, remedy: "0 reserves nothing." },
} satisfies Record<string, Limit>;

/** Limits of a share. */
export const SHARE_LIMITS = {
  weight: {
    min: 0.0001,
    max: 999.9999,
    unit: "",
    default: 1,
    fractions: true,
    remedy: "A lower weight gets more vCPUs.",
  },
} satisfies Record<string, Limit>;

/** Limits of the parts of a video. */
export const PART_LIMITS = {
  seconds: { min: 1, max: 86_400, unit: "seconds", remedy: "An opening of 10 seconds is usual." },
} satisfies Record<string, Limit>;
