import type { Limit } from "../rules/numbers";

/** Limits of compute environments. */
export const ENVIRONMENT_LIMITS = {
  minVcpus: { min: 0, max: 100_000, unit: "vCPUs", default: 0, remedy: "0 costs nothing while there is no work." },
  desiredVcpus: { min: 0, max: 100_000, unit: "vCPUs", remedy: "Batch moves it as it needs." },
  maxVcpus: { min: 1, max: 100_000, unit: "vCPUs", default: 4, remedy: "The more, the more jobs run side by side." },
  maxSpotPricePercent: {
    min: 1,
    max: 100,
    unit: "percent of the On-Demand price",
    default: 100,
    remedy: "Leave it out to pay what Spot Instances cost, at most the On-Demand price.",
  },
  diskGiB: { min: 30, max: 16_384, unit: "GiB", default: 100, remedy: "Amazon Linux needs 30; 100 is the default." },
} satisfies Record<string, Limit>;

/** Limits of updates of instances. */
export const UPDATE_LIMITS = {
  jobTimeoutMinutes: { min: 1, max: 7200, unit: "minutes", default: 30, remedy: "30 is the default." },
} satisfies Record<string, Limit>;
