import type { Limit } from "../rules/numbers";

/** Limits of compute environments. */
export const ENVIRONMENT_LIMITS = {
  minVcpus: { min: 0, max: 100_000, unit: "vCPUs", default: 0, remedy: "With 0, an idle environment costs nothing." },
  desiredVcpus: { min: 0, max: 100_000, unit: "vCPUs", remedy: "Omit it: Batch adjusts it to the jobs." },
  maxVcpus: { min: 1, max: 100_000, unit: "vCPUs", default: 4, remedy: "More vCPUs run more jobs at once." },
  maxSpotPricePercent: {
    min: 1,
    max: 100,
    unit: "percent of the On-Demand price",
    default: 100,
    remedy: "Omit it to pay the Spot price, which never exceeds the On-Demand price.",
  },
  diskGiB: { min: 30, max: 16_384, unit: "GiB", default: 100, remedy: "Amazon Linux needs 30. The default is 100." },
} satisfies Record<string, Limit>;

/** Limits of updates of instances. */
export const UPDATE_LIMITS = {
  jobTimeoutMinutes: { min: 1, max: 7200, unit: "minutes", default: 30, remedy: "The default is 30." },
} satisfies Record<string, Limit>;
