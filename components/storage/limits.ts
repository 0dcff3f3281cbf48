import type { Limit } from "../rules/numbers";

/** Limits of the bucket that is made here. */
export const STORAGE_LIMITS = {
  intermediateExpirationDays: {
    // What an execution of the shortest timeout needs.
    min: 16,
    max: 3650,
    unit: "days",
    remedy: "Omit it to keep intermediates as long as their execution can be redriven.",
  },
  versionExpirationDays: {
    min: 1,
    max: 3650,
    unit: "days",
    default: 30,
    remedy: "Overwritten and deleted objects can be restored for that long. The default is 30.",
  },
} satisfies Record<string, Limit>;
