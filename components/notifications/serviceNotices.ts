import type * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import type * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import { createRole, createRolePolicy } from "../access/roles";
import { allow } from "../access/statements";
import type { Context } from "../context/context";
import { type CreatedQueues, numbered } from "../queues/queues";
import type { NotificationSettings } from "./defaults";
import { allowTopicKey, type NoticeTopic } from "./topic";

interface Notice {
  suffix: string;
  description: string;
  pattern: pulumi.Input<object>;
  /** Where the event has the values of the message. */
  paths: Record<string, string>;
  /** JSON with `<name>` for a value: as text within quotes, and as JSON outside of them. */
  message: string;
}

/** What the notices are about, and where they are sent. */
interface Subjects {
  topic: NoticeTopic;
  stateMachine: sfn.StateMachine;
  queues: CreatedQueues;
}

/**
 * Notices that the state machine can't send, because it no longer runs, or not yet. EventBridge sends them, with a role that
 * it may assume only for these rules. Without a role it would need a statement in the topic's policy, which can't have
 * conditions.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://aws.amazon.com/about-aws/whats-new/2025/03/amazon-eventbridge-iam-execution-role-all-targets/
 * @returns the role, which the topic's policy names
 */
export function createServiceNotices(
  context: Context,
  { serviceNotices }: NotificationSettings,
  { topic, stateMachine, queues }: Subjects,
): iam.Role | undefined {
  if (!serviceNotices) return undefined;
  const { name, tags, parent } = context;
  const notices = [
    endedExecutions(name, stateMachine.arn),
    ...queues.eventRuleGroups.map((group, index) => blockedQueues(name, group, index)),
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
  const role = createRole(context, "notices-role", { service: "events.amazonaws.com", source });
  const policy = createRolePolicy(context, "notices-policy", role, [
    allow("PublishNotices", ["sns:Publish"], [topic.arn]),
    ...allowTopicKey(context, topic),
  ]);
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

/** The state machine itself sends the notices of `FAILED` and `SUCCEEDED`. */
function endedExecutions(name: string, stateMachineArn: pulumi.Output<string>): Notice {
  return {
    suffix: "ended-executions",
    description: `Executions of the pipeline ${name} that ended without their own notice`,
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
  "summary": "Execution <name> of ${name} ended as <status> before its video was finished.",
  "status": <status>,
  "execution": <execution>,
  "stateMachine": <stateMachine>
}`,
  };
}

/** @see https://docs.aws.amazon.com/batch/latest/userguide/batch-job-queue-blocked-events.html */
function blockedQueues(name: string, group: batch.JobQueue[], index: number): Notice {
  return {
    suffix: numbered("blocked-queues", index),
    description: `Queues of the pipeline ${name} whose first job can't start`,
    pattern: {
      "source": ["aws.batch"],
      "detail-type": ["Batch Job Queue Blocked"],
      "detail": { jobQueue: group.map(({ arn }) => arn) },
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
