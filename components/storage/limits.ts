import type { Limit } from "../rules/numbers";

/** Limits of the bucket that is made here. */
export const STORAGE_LIMITS = {
  intermediateExpirationDays: {
    // What an execution of the shortest timeout needs.
    min: 16,
    max: 3650,
    unit: "days",
    remedy: "Leave it out to keep intermediates as long as an execution with them can be redriven.",
  },
  versionExpirationDays: {
    min: 1,
    max: 3650,
    unit: "days",
    default: 30,
    remedy: "It is the time to notice that something was overwritten or deleted; 30 is the default.",
  },
} satisfies Record<string, Limit>;
