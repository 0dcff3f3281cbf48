import type * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { NoticeTopic } from "./notifications";
import type { Pipeline } from "../settings";
import { numbered, eventRuleGroups } from "../queues/eventRuleGroups";
import { allowKeyVia } from "../access/encryption";
import { createRole, createRolePolicy } from "../access/roles";
import type { AwsLocation } from "../workflow/asl/statements";

interface Notice {
  suffix: string;
  description: string;
  pattern: pulumi.Input<object>;
  /** Where the event has what the message says. */
  paths: Record<string, string>;
  /** JSON, with `<name>` for a value: inside of quotes as text, outside of them as JSON. */
  message: string;
}

/**
 * Notices of what the state machine can't tell of, because it no longer runs, or not yet: EventBridge sends them. It has a role
 * for it, which it may assume for these rules alone: for EventBridge itself, the policy of a topic takes no conditions.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://aws.amazon.com/about-aws/whats-new/2025/03/amazon-eventbridge-iam-execution-role-all-targets/
 * @returns the role, which the topic's policy names
 */
export function createServiceNotices(
  pipeline: Pipeline,
  topic: NoticeTopic,
  stateMachineArn: pulumi.Output<string>,
  queues: Record<string, batch.JobQueue>,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): iam.Role | undefined {
  const { name, tags, notifications } = pipeline;
  if (!notifications.serviceNotices) return undefined;
  const notices = [
    endedExecutions(name, stateMachineArn),
    ...eventRuleGroups(pipeline).map((group, index) => ({
      ...blockedQueues(
        name,
        group.map((queue) => queues[queue]!.arn),
      ),
      suffix: numbered("blocked-queues", index),
    })),
  ];
  const rules = notices.map(
    ({ suffix, description, pattern }) =>
      new cloudwatch.EventRule(
        `${name}-${suffix}`,
        { description, eventPattern: pulumi.output(pattern).apply((known) => JSON.stringify(known)), tags },
        { parent },
      ),
  );
  const source = rules.map(({ arn }) => arn);
  const role = createRole(pipeline, "notices-role", { service: "events.amazonaws.com", source }, parent);
  const statements: iam.PolicyStatement[] = [
    { Sid: "PublishNotices", Effect: "Allow", Action: ["sns:Publish"], Resource: [topic.arn] },
    ...(topic.keyArn === undefined
      ? []
      : [allowKeyVia("PublishWithKey", ["kms:Decrypt", "kms:GenerateDataKey"], topic.keyArn, "sns", place)]),
  ];
  const policy = createRolePolicy(pipeline, "notices-policy", role, statements, parent);
  notices.forEach(({ suffix, paths, message }, index) => {
    new cloudwatch.EventTarget(
      `${name}-${suffix}-target`,
      {
        rule: rules[index]!.name,
        arn: topic.arn,
        roleArn: role.arn,
        inputTransformer: { inputPaths: paths, inputTemplate: message },
      },
      { parent, dependsOn: [policy] },
    );
  });
  return role;
}

/** `FAILED` and `SUCCEEDED` are told by the state machine itself. */
function endedExecutions(name: string, stateMachineArn: pulumi.Output<string>): Notice {
  return {
    suffix: "ended-executions",
    description: `Executions of the pipeline ${name} that ended without a notice of their own`,
    pattern: {
      "source": ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      "detail": { stateMachineArn: [stateMachineArn], status: ["TIMED_OUT", "ABORTED"] },
    },
    paths: {
      status: "$.detail.status",
      execution: "$.detail.executionArn",
      stateMachine: "$.detail.stateMachineArn",
      name: "$.detail.name",
    },
    message: `{
  "summary": "Execution <name> of ${name} ended as <status>, before its video was done.",
  "status": <status>,
  "execution": <execution>,
  "stateMachine": <stateMachine>
}`,
  };
}

/** @see https://docs.aws.amazon.com/batch/latest/userguide/batch-job-queue-blocked-events.html */
function blockedQueues(name: string, jobQueue: pulumi.Output<string>[]): Omit<Notice, "suffix"> {
  return {
    description: `Queues of the pipeline ${name} whose first job can't start`,
    pattern: {
      "source": ["aws.batch"],
      "detail-type": ["Batch Job Queue Blocked"],
      "detail": { jobQueue },
    },
    paths: {
      queue: "$.detail.jobQueue",
      job: "$.detail.jobId",
      jobName: "$.detail.jobName",
      cause: "$.detail.statusReason",
    },
    message: `{
  "summary": "A queue of ${name} is blocked: its first job, <jobName>, can't start.",
  "status": "QUEUE_BLOCKED",
  "queue": <queue>,
  "job": <job>,
  "cause": <cause>
}`,
  };
}
