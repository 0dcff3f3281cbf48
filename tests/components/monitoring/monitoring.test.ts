import { strict as assert } from "node:assert";

import { JOB_METRICS } from "../../../components/monitoring/metrics";
import type { VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../testing";
import { fits } from "../../support/aws/eventPattern";
import { matchesFilter } from "../../support/aws/metricFilter";
import { added, IMAGE, named, synthesisePipeline } from "../../support/pipeline";

const ACCOUNT = "us-east-1:123456789012";
const MACHINE = `arn:aws:states:${ACCOUNT}:stateMachine:videos-state-machine`;
const NAMESPACE = "VideoBatchPipeline/videos-state-machine";
const queueArn = (name: string): string => `arn:aws:batch:${ACCOUNT}:job-queue/videos-${name}-queue`;

const monitored: VideoBatchPipelineArgs = { image: IMAGE, trigger: { uploads: {} }, monitoring: {} };

/** https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html */
function jobEvent(status: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    "source": "aws.batch",
    "detail-type": "Batch Job State Change",
    "detail": { jobName: "a", jobId: "1", jobQueue: queueArn("high"), status, createdAt: 1, startedAt: 2, ...more },
  };
}

describe("monitoring", () => {
  let without: Synthesis;
  let synthesis: Synthesis;
  before(async () => {
    without = await synthesisePipeline({ image: IMAGE, trigger: { uploads: {} } });
    synthesis = await synthesisePipeline(monitored);
  });

  it("adds exactly these resources", () => {
    assert.deepEqual(added(synthesis, without), [
      "Dashboard videos-dashboard",
      "EventRule videos-blocked-queues",
      "EventRule videos-ended-executions",
      "EventRule videos-job-events-rule",
      "EventTarget videos-blocked-queues-target",
      "EventTarget videos-ended-executions-target",
      "EventTarget videos-job-events-target",
      "Key videos-topic-key",
      "LogGroup videos-job-events",
      "LogMetricFilter videos-blocked-queues-metric",
      "LogMetricFilter videos-failed-jobs-metric",
      "LogMetricFilter videos-failedexit-metric",
      "LogMetricFilter videos-failedhost-metric",
      "LogMetricFilter videos-failedimage-metric",
      "LogMetricFilter videos-failedmemory-metric",
      "LogMetricFilter videos-failedtimeout-metric",
      "LogMetricFilter videos-jobs-metric",
      "LogResourcePolicy videos-job-events-policy",
      "MetricAlarm videos-blocked-queues-alarm",
      "MetricAlarm videos-dead-letters-alarm",
      "MetricAlarm videos-failed-executions-alarm",
      "MetricAlarm videos-failed-jobs-alarm",
      "MetricAlarm videos-timed-out-executions-alarm",
      "Role videos-notices-role",
      "RolePolicy videos-notices-policy",
    ]);
  });

  it("is as much as is asked for", async () => {
    const less = await synthesisePipeline({
      ...monitored,
      monitoring: { enableAlarms: false, enableDashboard: false, enableTracing: true },
      notifications: { enableServiceNotices: false },
    });
    const types = new Set(added(less, without).map((text) => text.split(" ")[0]));
    assert.deepEqual([...types].sort(), [
      "EventRule",
      "EventTarget",
      "LogGroup",
      "LogMetricFilter",
      "LogResourcePolicy",
    ]);
    assert.deepEqual(named(less, "videos-state-machine").inputs["tracingConfiguration"], { enabled: true });
    assert.equal(named(synthesis, "videos-state-machine").inputs["tracingConfiguration"], undefined);
  });

  it("sends what happens to jobs of these queues to a log group", () => {
    const pattern = JSON.parse(named(synthesis, "videos-job-events-rule").inputs["eventPattern"] as string) as unknown;
    assert.ok(fits(pattern, jobEvent("RUNNABLE")));
    assert.ok(
      !fits(pattern, jobEvent("RUNNABLE", { jobQueue: "arn:aws:batch:us-east-1:123456789012:job-queue/other" })),
    );
    const group = `arn:aws:logs:${ACCOUNT}:log-group:videos-job-events`;
    assert.deepEqual(named(synthesis, "videos-job-events").inputs, {
      namePrefix: "/aws/events/videos-",
      retentionInDays: 30,
    });
    const target = named(synthesis, "videos-job-events-target");
    assert.deepEqual(target.inputs, { rule: "videos-job-events-rule", arn: group });
    assert.ok(target.options.dependencies.includes(named(synthesis, "videos-job-events-policy").urn));
    assert.deepEqual(named(synthesis, "videos-job-events-policy").inputs, {
      policyName: "videos-job-events-rule",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${group}:*`,
          },
        ],
      },
    });
  });

  it("makes metrics by queue, state and reason of it", () => {
    assert.deepEqual(named(synthesis, "videos-jobs-metric").inputs, {
      logGroupName: "videos-job-events",
      pattern: JOB_METRICS[0]?.pattern,
      metricTransformation: {
        ...{ namespace: NAMESPACE, name: "Jobs", value: "1", unit: "Count" },
        dimensions: { Queue: "$.detail.jobQueue", State: "$.detail.status" },
      },
    });
    assert.deepEqual(named(synthesis, "videos-failed-jobs-metric").inputs["metricTransformation"], {
      ...{ namespace: NAMESPACE, name: "FailedJobs", value: "1", unit: "Count", defaultValue: "0" },
    });
    const counted = (event: unknown): string[] =>
      JOB_METRICS.filter(({ pattern }) => matchesFilter(pattern, event)).map(({ name }) => name);
    const failed = (more: Record<string, unknown>): string[] => counted(jobEvent("FAILED", more));
    const events: [unknown, string[]][] = [
      [jobEvent("PENDING"), []],
      [jobEvent("RUNNABLE", { startedAt: undefined }), ["Jobs"]],
      [jobEvent("STARTING"), []],
      [jobEvent("RUNNING"), ["Jobs"]],
      [jobEvent("SUCCEEDED"), ["Jobs"]],
      // An array's own states come after those of its chunks.
      [jobEvent("FAILED", { arrayProperties: { size: 3 } }), []],
      [jobEvent("RUNNING", { arrayProperties: { index: 2 } }), ["Jobs"]],
      [{ "source": "aws.batch", "detail-type": "Batch Job Queue Blocked", "detail": {} }, ["BlockedQueues"]],
    ];
    for (const [event, expected] of events) assert.deepEqual(counted(event), expected, JSON.stringify(event));
    const reasons: [Record<string, unknown>, string[]][] = [
      [{ statusReason: "Host EC2 (instance i-0123) terminated." }, ["FailedHost"]],
      [
        { statusReason: "Task failed to start", container: { reason: "CannotPullContainerError: no" } },
        ["FailedImage"],
      ],
      [
        {
          statusReason: "Essential container in task exited",
          container: { reason: "OutOfMemoryError: Container killed due to memory usage" },
        },
        ["FailedMemory", "FailedExit"],
      ],
      [{ statusReason: "Job attempt duration exceeded timeout" }, ["FailedTimeout"]],
      [{ statusReason: "Essential container in task exited" }, ["FailedExit"]],
      [{ statusReason: "Terminated by somebody", startedAt: undefined }, []],
    ];
    for (const [more, expected] of reasons) {
      assert.deepEqual(failed(more), ["Jobs", "FailedJobs", ...expected], JSON.stringify(more));
    }
  });

  it("has alarms that go to the topic, which lets them publish", () => {
    const alarm = (name: string): Record<string, unknown> => named(synthesis, `videos-${name}-alarm`).inputs;
    const common = {
      ...{ period: 300, evaluationPeriods: 1, threshold: 1, comparisonOperator: "GreaterThanOrEqualToThreshold" },
      ...{ treatMissingData: "notBreaching", alarmActions: [`arn:aws:sns:${ACCOUNT}:videos-topic`] },
    };
    const executions = { namespace: "AWS/States", statistic: "Sum", dimensions: { StateMachineArn: MACHINE } };
    const metrics: [string, Record<string, unknown>][] = [
      ["failed-executions", { ...executions, metricName: "ExecutionsFailed" }],
      ["timed-out-executions", { ...executions, metricName: "ExecutionsTimedOut" }],
      ["failed-jobs", { namespace: NAMESPACE, statistic: "Sum", metricName: "FailedJobs" }],
      ["blocked-queues", { namespace: NAMESPACE, statistic: "Sum", metricName: "BlockedQueues" }],
      [
        "dead-letters",
        {
          ...{ namespace: "AWS/SQS", statistic: "Maximum", metricName: "ApproximateNumberOfMessagesVisible" },
          dimensions: { QueueName: "videos-dead-letters" },
        },
      ],
    ];
    for (const [name, metric] of metrics) {
      const { alarmDescription, ...inputs } = alarm(name);
      assert.match(alarmDescription as string, /videos.*: .*\.$/);
      assert.deepEqual(inputs, { ...metric, ...common });
    }
    const { policy } = named(synthesis, "videos-topic-policy").inputs as {
      policy: { Statement: { Sid: string; Condition: Record<string, Record<string, unknown>> }[] };
    };
    const publishers = policy.Statement.find(({ Sid }) => Sid === "Alarms");
    assert.deepEqual(
      publishers?.Condition["ArnEquals"]?.["aws:SourceArn"],
      metrics.map(([name]) => `arn:aws:cloudwatch:${ACCOUNT}:alarm:videos-${name}-alarm`),
    );
  });

  it("has a key for the topic that alarms may use, which can't use the one that AWS keeps for SNS", () => {
    const key = "arn:aws:kms:us-east-1:123456789012:key/videos-topic-key";
    assert.deepEqual(named(synthesis, "videos-topic").inputs, { kmsMasterKeyId: key });
    const { policy, ...rest } = named(synthesis, "videos-topic-key").inputs;
    assert.deepEqual(rest, {
      description: "Encrypts notices of the video batch pipeline videos",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    assert.deepEqual(JSON.parse(policy as string), {
      Version: "2012-10-17",
      Statement: [
        {
          ...{ Sid: "Account", Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
          ...{ Action: ["kms:*"], Resource: "*" },
        },
        {
          ...{ Sid: "CloudWatchAlarms", Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" } },
          ...{ Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: "*" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });
});
