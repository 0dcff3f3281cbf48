import type * as pulumi from "@pulumi/pulumi";

import type { WorkflowApproval, WorkflowSettings } from "../workflow/settings/settings";
import type { Approval, Workflow } from "./args";
import { APPROVAL_LIMITS, WORKFLOW_LIMITS } from "./limits";

export interface StateMachineSettings {
  workflow: WorkflowSettings;
  /** An existing role. Otherwise one is made. */
  roleArn?: pulumi.Input<string>;
  tracing: boolean;
  logRetentionDays: number;
}

/** The settings of the workflow that depend on nothing else. */
export function normaliseWorkflow(args: Workflow = {}) {
  const { timeoutSeconds = WORKFLOW_LIMITS.timeoutSeconds.default } = args;
  return {
    timeoutSeconds,
    queueWaitSeconds: args.queueWaitSeconds ?? timeoutSeconds,
    continueOnRenditionFailure: args.continueOnRenditionFailure ?? false,
    continueOnFeaturesFailure: args.continueOnFeaturesFailure ?? false,
    partialOutcome: args.partialOutcome ?? "succeed",
  };
}

export function normaliseApproval({
  timeoutSeconds = APPROVAL_LIMITS.timeoutSeconds.default,
  defaultAnswer = "reject",
}: Approval): WorkflowApproval {
  return { timeoutSeconds, defaultAnswer: defaultAnswer };
}
