import type { Limit } from "../rules/numbers";

/** Limits of the bucket that is made here. */
export const STORAGE_LIMITS = {
  intermediateExpirationDays: {
    min: 1,
    max: 3650,
    unit: "days",
    default: 7,
    remedy: "Longer than the longest execution is enough; 7 is the default.",
  },
  versionExpirationDays: {
    min: 1,
    max: 3650,
    unit: "days",
    default: 30,
    remedy: "It is the time to notice that something was overwritten or deleted; 30 is the default.",
  },
} satisfies Record<string, Limit>;
