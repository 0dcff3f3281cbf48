/** Limits of AWS services for arguments of more than one room. */
import { isInRange } from "./numbers";
import { type Problem, when } from "./problem";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html */
export const LONGEST_ATTEMPT_SECONDS = 1_209_600;

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html */
export const LEAST_MEMORY_MIB = 128;
export const MOST_MEMORY_MIB = 1_048_576;

const WHOLE_VCPUS = { min: 1, max: 256 };

/** Whether some queue could run a job with these resources. `jobs/checkPlacement.ts` knows which one does. */
export function isJobSize({ vcpus, memoryMiB }: { vcpus: number; memoryMiB: number }): boolean {
  return isVcpus(vcpus) && memoryMiB >= LEAST_MEMORY_MIB;
}

function isVcpus(value: unknown): boolean {
  return value === 0.25 || value === 0.5 || isInRange(value, WHOLE_VCPUS);
}

export function badVcpus(path: string, value: unknown): Problem[] {
  const rule = "must be a whole number from 1 to 256, or 0.25 or 0.5 on Fargate and EKS";
  return when(value !== undefined && !isVcpus(value), { path, rule, received: value, remedy: "The default is 2." });
}

/** Characters of the pattern of an EventBridge rule. */
export const LONGEST_PATTERN = 2048;
