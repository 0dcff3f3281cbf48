import { LEAST_MEMORY_MIB, LONGEST_ATTEMPT_SECONDS, MOST_MEMORY_MIB } from "../rules/limits";
import type { Limit } from "../rules/numbers";

/** Limits of the attempts of a job. */
export const ATTEMPT_LIMITS = {
  attempts: { min: 1, max: 10, unit: "attempts", default: 3, remedy: "3 is the default." },
  attemptTimeoutSeconds: {
    min: 60,
    max: LONGEST_ATTEMPT_SECONDS,
    unit: "seconds",
    default: 3600,
    remedy: "Batch ends no attempt before 60 seconds; 3600 is the default.",
  },
} satisfies Record<string, Limit>;

/** Limits of a job definition, besides those of its vCPUs. */
export const JOB_LIMITS = {
  memoryMiB: {
    min: LEAST_MEMORY_MIB,
    max: MOST_MEMORY_MIB,
    unit: "MiB",
    default: 1024,
    remedy: "The unit is MiB: 1024 is the default.",
  },
  ...ATTEMPT_LIMITS,
} satisfies Record<string, Limit>;

/** Limits of a container. */
export const CONTAINER_LIMITS = {
  gpus: { min: 1, max: 16, unit: "GPUs", remedy: "Leave it out for none." },
  scratchGiB: { min: 21, max: 200, unit: "GiB", default: 40, remedy: "40 is the default." },
  userId: { min: 0, max: 65_535, unit: "", remedy: "Leave it out for the worker's own." },
} satisfies Record<string, Limit>;
