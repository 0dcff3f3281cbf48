import { LEAST_MEMORY_MIB, LONGEST_ATTEMPT_SECONDS, MOST_MEMORY_MIB } from "../rules/limits";
import type { Limit } from "../rules/numbers";

/** Limits of the attempts of a job. */
export const ATTEMPT_LIMITS = {
  attempts: { min: 1, max: 10, unit: "attempts", default: 3, remedy: "The default is 3." },
  attemptTimeoutSeconds: {
    min: 60,
    max: LONGEST_ATTEMPT_SECONDS,
    unit: "seconds",
    default: 3600,
    remedy: "Batch's minimum is 60 seconds. The default is 3600.",
  },
} satisfies Record<string, Limit>;

/** Limits of a job definition, besides those of its vCPUs. */
export const JOB_LIMITS = {
  memoryMiB: {
    min: LEAST_MEMORY_MIB,
    max: MOST_MEMORY_MIB,
    unit: "MiB",
    default: 1024,
    remedy: "The unit is MiB. The default is 1024.",
  },
  ...ATTEMPT_LIMITS,
} satisfies Record<string, Limit>;

/** Limits of a container. */
export const CONTAINER_LIMITS = {
  gpus: { min: 1, max: 16, unit: "GPUs", remedy: "Omit it for jobs without GPUs." },
  scratchGiB: { min: 21, max: 200, unit: "GiB", default: 40, remedy: "The default is 40." },
  userId: { min: 0, max: 65_535, unit: "", remedy: "Omit it to use the default user." },
} satisfies Record<string, Limit>;
