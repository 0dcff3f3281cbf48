import type * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "../settings";
import { numbered, eventRuleGroups } from "../queues/eventRuleGroups";
import { JOB_METRICS } from "./metrics";

/**
 * Batch tells of every change of a job's state, and why: the events go to a log group, and metrics are made of it. Batch's own
 * metrics know no reasons, and may miss a change; durations come from them all the same.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
 */
export function createJobEvents(
  pipeline: Pipeline,
  queues: Record<string, batch.JobQueue>,
  namespace: pulumi.Output<string>,
  parent: pulumi.Resource,
): cloudwatch.LogGroup {
  const { name, tags, logRetentionDays, keyArn } = pipeline;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-job-events`,
    { namePrefix: `/aws/events/${name}-`, retentionInDays: logRetentionDays, kmsKeyId: keyArn, tags },
    { parent },
  );
  const rules = eventRuleGroups(pipeline).map((group, index) => {
    const eventPattern = pulumi.all(group.map((queue) => queues[queue]!.arn)).apply((jobQueue) =>
      JSON.stringify({
        "source": ["aws.batch"],
        "detail-type": ["Batch Job State Change", "Batch Job Queue Blocked"],
        "detail": { jobQueue },
      }),
    );
    return new cloudwatch.EventRule(
      numbered(`${name}-job-events-rule`, index),
      { description: `States of the jobs of the pipeline ${name}, for its metrics`, eventPattern, tags },
      { parent },
    );
  });
  const policy = new cloudwatch.LogResourcePolicy(
    `${name}-job-events-policy`,
    {
      // A name of its own in the account.
      policyName: rules[0]!.name,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            // EventBridge names no source here, and writes only to groups of the rule's own account.
            // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ],
      },
    },
    { parent },
  );
  rules.forEach((rule, index) => {
    new cloudwatch.EventTarget(
      numbered(`${name}-job-events-target`, index),
      { rule: rule.name, arn: logGroup.arn },
      { parent, dependsOn: [policy] },
    );
  });
  for (const { suffix, name: metric, pattern, dimensions } of JOB_METRICS) {
    new cloudwatch.LogMetricFilter(
      `${name}-${suffix}-metric`,
      {
        logGroupName: logGroup.name,
        pattern,
        metricTransformation: {
          ...{ namespace, name: metric, value: "1", unit: "Count" },
          // CloudWatch takes one of the two.
          ...(Object.keys(dimensions).length > 0 ? { dimensions } : { defaultValue: "0" }),
        },
      },
      { parent },
    );
  }
  return logGroup;
}
