import type { Limit } from "../rules/numbers";

/** Limits of executions. */
export const WORKFLOW_LIMITS = {
  timeoutSeconds: {
    min: 300,
    max: 31_535_000,
    unit: "seconds",
    default: 3600,
    remedy: "Step Functions ends an execution after a year. The default is 3600.",
  },
  queueWaitSeconds: {
    min: 0,
    max: 31_536_000,
    unit: "seconds",
    remedy: "Omit it to let jobs wait as long as the execution may take.",
  },
} satisfies Record<string, Limit>;

/** Limits of approvals. */
export const APPROVAL_LIMITS = {
  timeoutSeconds: {
    min: 60,
    max: 31_000_000,
    unit: "seconds",
    default: 86_400,
    remedy: "The unit is seconds. The default is 86400, which is a day.",
  },
} satisfies Record<string, Limit>;
