import { strict as assert } from "node:assert";

import { JOB_METRICS } from "../../../components/monitoring/metrics";
import { describeDashboard } from "../../../components/monitoring/dashboard";
import type { ComputeEnvironment, VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../testing";
import { fits } from "../../support/aws/eventPattern";
import { matchesFilter } from "../../support/aws/metricFilter";
import { added, IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

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

interface Dashboard {
  widgets: {
    type: string;
    properties: { title?: string; metrics?: unknown[][]; markdown?: string; alarms?: string[] };
  }[];
}

function metricsOf({ widgets }: Dashboard, title: string): unknown[][] {
  return widgets.find(({ properties }) => properties.title?.startsWith(title))?.properties.metrics ?? [];
}

describe("monitoring", () => {
  let without: Synthesis;
  let synthesis: Synthesis;
  let dashboard: Dashboard;
  before(async () => {
    without = await synthesisePipeline({ image: IMAGE, trigger: { uploads: {} } });
    synthesis = await synthesisePipeline(monitored);
    dashboard = JSON.parse(named(synthesis, "videos-dashboard").inputs["dashboardBody"] as string) as Dashboard;
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

  it("shows what matters first", () => {
    assert.deepEqual(
      dashboard.widgets.map(({ type, properties }) => properties.title ?? type),
      [
        ...["text", "Alarms", "Executions", "Duration of executions, s"],
        ...["Failed jobs by reason, and retried attempts", "Jobs entering a state"],
        ...["Queue time of started attempts, s", "Run time of ended attempts, s"],
        ...["Instance vCPUs allocated to jobs, %", "vCPUs of the whole account"],
        ...["Hours of ended attempts", "Stored and logged bytes", "Starts that failed after all retries"],
      ],
    );
    const [text, alarms] = dashboard.widgets;
    assert.equal(alarms?.properties.alarms?.length, ofType(synthesis, "aws:cloudwatch/metricAlarm:MetricAlarm").length);
    const links = new Map(
      [...(text?.properties.markdown ?? "").matchAll(/\[(.*?)\]\((.*?)\)/g)].map(([, title, url]) => [title!, url!]),
    );
    const console_ = "https://us-east-1.console.aws.amazon.com";
    assert.deepEqual(
      [...links.keys()],
      [
        ...["Executions", "Jobs", "Queues", "Topic", "Bucket", "Dead letters"],
        ...["videos-job-logs", "videos-state-machine-logs", "videos-job-events"],
      ],
    );
    assert.equal(links.get("Executions"), `${console_}/states/home?region=us-east-1#/statemachines/view/${MACHINE}`);
    assert.equal(
      links.get("Dead letters"),
      `${console_}/sqs/v3/home?region=us-east-1#/queues/https%3A%2F%2Fsqs.us-east-1.amazonaws.com%2F123456789012%2Fvideos-dead-letters`,
    );
    const wait = ["AWS/Batch", "JobAttemptRunnableToStartingDuration", "JobQueueName", "videos-high-queue"];
    assert.deepEqual(metricsOf(dashboard, "Queue time").slice(0, 4), [
      [...wait, { id: "mean0", stat: "Average", visible: false }],
      [{ expression: "mean0 / 1000", label: "mean · high", id: "meanSeconds0" }],
      [...wait, { id: "longest0", stat: "Maximum", visible: false }],
      [{ expression: "longest0 / 1000", label: "longest · high", id: "longestSeconds0" }],
    ]);
    assert.deepEqual(metricsOf(dashboard, "Instance vCPUs allocated"), [
      ["AWS/ECS", "CPUReservation", "ClusterName", "AWSBatch-videos-compute", { label: "compute" }],
    ]);
  });

  it("leads to the console of its partition", () => {
    const arns = { stateMachineArn: "arn:m", topicArn: "arn:t", queueArns: {}, queueNames: {}, clusterNames: {} };
    const others = {
      bucketName: "b",
      deadLetterQueueName: "dead",
      alarmArns: [],
      logGroupNames: ["/a"],
      namespace: "n",
    };
    const links = (partition: string, region: string): string[] => {
      const location = { partition, region, account: "123456789012" };
      const [text] = describeDashboard("videos", [], { ...arns, ...others, location }).widgets;
      return [...String(text?.properties["markdown"]).matchAll(/\]\((.*?)\)/g)].map(([, url]) => url!);
    };
    const china = "https://cn-north-1.console.amazonaws.cn";
    assert.deepEqual(links("aws-cn", "cn-north-1"), [
      `${china}/states/home?region=cn-north-1#/statemachines/view/arn:m`,
      `${china}/batch/home?region=cn-north-1#jobs`,
      `${china}/batch/home?region=cn-north-1#queues`,
      `${china}/sns/v3/home?region=cn-north-1#/topic/arn:t`,
      `${china}/s3/buckets/b`,
      `${china}/sqs/v3/home?region=cn-north-1#/queues/https%3A%2F%2Fsqs.cn-north-1.amazonaws.com.cn%2F123456789012%2Fdead`,
      `${china}/cloudwatch/home?region=cn-north-1#logsV2:log-groups/log-group/$252Fa`,
    ]);
    const gov = links("aws-us-gov", "us-gov-east-1");
    assert.equal(gov.length, 7);
    for (const url of gov) assert.match(url, /^https:\/\/us-gov-east-1\.console\.amazonaws-us-gov\.com\//);
  });

  it("shows those vCPUs of the account that the environments' quotas count, and none of Spot Instances", async () => {
    const usages = async (computeEnvironments: VideoBatchPipelineArgs["computeEnvironments"]): Promise<unknown[]> => {
      const queues = [{ name: "q", priority: 1, environments: computeEnvironments?.map(({ name }) => name) }];
      const args = { ...monitored, queues, parts: [{ queue: "q" }], computeEnvironments };
      const body = named(await synthesisePipeline(args), "videos-dashboard").inputs["dashboardBody"] as string;
      return metricsOf(JSON.parse(body) as Dashboard, "vCPUs of the whole account").map((metric) => [
        ...[metric[3], metric.at(-2)],
      ]);
    };
    const onFargate: ComputeEnvironment[] = [
      { name: "a", type: "FARGATE" },
      { name: "b", type: "FARGATE_SPOT" },
    ];
    assert.deepEqual(await usages(onFargate), [
      ["Fargate", "Standard/OnDemand"],
      ["Fargate", "Standard/Spot"],
    ]);
    const kinds: [string[], string[]][] = [
      [
        ["c7i", "m7i.large", "x2idn", "inf2.xlarge"],
        ["Standard", "X", "Inf"],
      ],
      [
        ["g6.xlarge", "gr6.4xlarge", "p5.48xlarge"],
        ["G", "P"],
      ],
    ];
    for (const [instanceTypes, quotas] of kinds) {
      assert.deepEqual(
        await usages([{ name: "a", instanceTypes, maxVcpus: 256 }]),
        quotas.map((quota) => ["EC2", `${quota}/OnDemand`]),
      );
    }
    assert.deepEqual(await usages([{ name: "a", type: "SPOT" }]), []);
  });

  it("shows and watches only metrics that exist, with the dimensions that they have", () => {
    const own = new Map(JOB_METRICS.map(({ name, dimensions }) => [name, Object.keys(dimensions)]));
    const known = ([namespace, name, ...dimensions]: string[]): boolean => {
      const keys = dimensions.filter((_, index) => index % 2 === 0);
      const wanted = namespace === NAMESPACE ? own.get(name!) : AWS_METRICS[namespace!]?.[name!];
      return wanted !== undefined && wanted.join() === keys.join();
    };
    const shown = dashboard.widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const plain = shown.map((metric) => metric.filter((part): part is string => typeof part === "string"));
    const watched = ofType(synthesis, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => [
      ...[inputs["namespace"] as string, inputs["metricName"] as string],
      ...Object.entries((inputs["dimensions"] ?? {}) as Record<string, string>).flat(),
    ]);
    const used = [...plain, ...watched].filter((metric) => metric.length > 0);
    assert.ok(used.length > 40);
    assert.deepEqual(
      used.filter((metric) => !known(metric)),
      [],
    );
    // And nothing is paid for that nobody looks at.
    const names = new Set(used.map(([, name]) => name));
    assert.deepEqual(
      JOB_METRICS.map(({ name }) => name).filter((name) => !names.has(name)),
      [],
    );
    // An expression names metrics of its own widget.
    for (const { properties } of dashboard.widgets) {
      const options = (properties.metrics ?? []).map((metric) => metric.at(-1) as { id?: string; expression?: string });
      const ids = options.flatMap(({ id }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const { expression = "" } of options) {
        for (const [id] of expression.matchAll(/\b[a-z]+\d+\b/g)) assert.ok(ids.includes(id), expression);
      }
    }
  });

  it("costs what its docstring says: 20 metrics with two queues, and less than 50 on the dashboard with three", async () => {
    const variants = JOB_METRICS.map(({ dimensions }) =>
      Object.keys(dimensions).reduce((count, key) => count * (key === "State" ? 4 : 2), 1),
    );
    assert.equal(
      variants.reduce((sum, count) => sum + count, 0),
      20,
    );
    const queues = ["a", "b", "c"].map((name) => ({ name, priority: 1 }));
    const three = await synthesisePipeline({ ...monitored, queues });
    const { widgets } = JSON.parse(named(three, "videos-dashboard").inputs["dashboardBody"] as string) as Dashboard;
    const shown = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const plain = shown.map((metric) => metric.filter((part) => typeof part === "string").join());
    const count = new Set(plain.filter((metric) => metric !== "")).size;
    assert.ok(count > 40 && count < 50, String(count));
  });
});

/** Dimensions in the order in which the dashboard has them. */
const AWS_METRICS: Record<string, Record<string, string[]>> = {
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
  "AWS/States": Object.fromEntries(
    ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"]
      .concat("ExecutionTime")
      .map((name) => [name, ["StateMachineArn"]]),
  ),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  "AWS/SQS": { ApproximateNumberOfMessagesVisible: ["QueueName"] },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
  "AWS/S3": { BucketSizeBytes: ["BucketName", "StorageType"] },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
  "AWS/Logs": { IncomingBytes: ["LogGroupName"] },
  // https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_metrics.html
  "AWS/Batch": Object.fromEntries(
    ["JobsRetried", "JobAttemptRunnableToStartingDuration", "JobAttemptExecutionDuration"].map((name) => [
      name,
      ["JobQueueName"],
    ]),
  ),
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
  "AWS/ECS": { CPUReservation: ["ClusterName"] },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Service-Quota-Integration.html
  "AWS/Usage": { ResourceCount: ["Service", "Type", "Resource", "Class"] },
};
