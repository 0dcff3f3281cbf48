import { executionTimeout } from "../workflow/executionTimeout";
import type { WorkflowSettings } from "../workflow/settings/settings";

/** What the duration of an execution depends on. */
export type TimeLimits = Pick<WorkflowSettings, "timeoutSeconds" | "approval" | "sendsEvents">;

const SECONDS_PER_DAY = 86_400;

/**
 * Days after its end in which a failed execution can be redriven.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
const REDRIVE_DAYS = 14;

/** The days that an execution takes at most, its approval included. */
export function executionDays(limits: TimeLimits): number {
  return Math.ceil(executionTimeout(limits) / SECONDS_PER_DAY);
}

/**
 * The days that intermediates have to be kept. Packaging reads what the first job of the execution wrote, also in a redrive on the last
 * possible day, whose work takes some time too.
 */
export function leastExpirationDays(limits: TimeLimits): number {
  return executionDays(limits) + REDRIVE_DAYS + 1;
}
