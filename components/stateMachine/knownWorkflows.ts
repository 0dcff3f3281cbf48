import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import type { WorkflowArns } from "../workflow/settings/arns";
import type { WorkflowSettings } from "../workflow/settings/settings";

/** What the workflow of a pipeline is generated from, and what its role may do with keys. */
export interface KnownWorkflow {
  settings: WorkflowSettings;
  arns: pulumi.Output<WorkflowArns>;
  /** Whether others may send notices to the topic: to the one that a pipeline creates they may not. */
  sharesTopic: boolean;
  /** To send notices. */
  topicKey: iam.PolicyStatement[];
  /** To read what jobs have written. */
  storageKey: iam.PolicyStatement[];
}

/** Not members of the component: all of them would become its outputs. */
const workflows = new WeakMap<pulumi.Resource, KnownWorkflow>();

export function rememberWorkflow(pipeline: pulumi.Resource, workflow: KnownWorkflow): void {
  workflows.set(pipeline, workflow);
}

/** The error is for resources that are no pipelines, which only code without types passes. */
export function workflowOf(pipeline: pulumi.Resource): KnownWorkflow {
  const workflow = workflows.get(pipeline);
  if (workflow === undefined) {
    throw new TypeError("States can only be made for a VideoBatchPipeline. Pass the component itself.");
  }
  return workflow;
}
