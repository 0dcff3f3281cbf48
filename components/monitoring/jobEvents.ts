import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import { policy } from "../access/statements";
import type { Context } from "../context/context";
import { createLogGroup } from "../context/logGroup";
import { type CreatedQueues, numbered } from "../queues/queues";
import { JOB_METRICS } from "./metrics";

/**
 * The log group of Batch's events about jobs. It sends one for every change of a job's state, with the reason. Batch's own metrics have
 * no reasons, and may miss a change.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
 */
export function createJobEvents(
  context: Context,
  { eventRuleGroups }: CreatedQueues,
  retentionInDays: number,
): cloudwatch.LogGroup {
  const { name, tags, parent } = context;
  const logGroup = createLogGroup(context, { suffix: "job-events", namePrefix: "/aws/events/", retentionInDays });
  const rules = eventRuleGroups.map((group, index) => {
    const eventPattern = pulumi.all(group.map(({ arn }) => arn)).apply((jobQueue) =>
      JSON.stringify({
        "source": ["aws.batch"],
        "detail-type": ["Batch Job State Change", "Batch Job Queue Blocked"],
        "detail": { jobQueue },
      }),
    );
    return new cloudwatch.EventRule(
      numbered(`${name}-job-events-rule`, index),
      { description: `Job state changes of the pipeline ${name}, for its metrics`, eventPattern, tags },
      { parent },
    );
  });
  // The name of a rule is unique in the account.
  const resourcePolicy = allowEvents(context, logGroup, rules[0]!.name);
  rules.forEach((rule, index) => {
    new cloudwatch.EventTarget(
      numbered(`${name}-job-events-target`, index),
      { rule: rule.name, arn: logGroup.arn },
      { parent, dependsOn: [resourcePolicy] },
    );
  });
  return logGroup;
}

function allowEvents(
  { name, parent }: Context,
  logGroup: cloudwatch.LogGroup,
  policyName: pulumi.Output<string>,
): cloudwatch.LogResourcePolicy {
  return new cloudwatch.LogResourcePolicy(
    `${name}-job-events-policy`,
    {
      policyName,
      policyDocument: policy([
        {
          // EventBridge names no source here, and writes only to groups of the rule's own account.
          // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logGroup.arn}:*`,
        },
      ]),
    },
    { parent },
  );
}

export function createJobMetrics(
  { name, parent }: Context,
  events: cloudwatch.LogGroup,
  namespace: pulumi.Output<string>,
): void {
  for (const { suffix, name: metric, pattern, dimensions } of JOB_METRICS) {
    new cloudwatch.LogMetricFilter(
      `${name}-${suffix}-metric`,
      {
        logGroupName: events.name,
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
}
