import { strict as assert } from "node:assert";

import { JOB_METRICS } from "../../../components/monitoring/metrics";
import { describeDashboard } from "../../../components/monitoring/dashboard";
import type { ComputeEnvironment, VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../testing";
import { IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:videos-state-machine";
const NAMESPACE = "VideoBatchPipeline/videos-state-machine";

const monitored: VideoBatchPipelineArgs = { image: IMAGE, trigger: { uploads: {} }, monitoring: {} };

interface Dashboard {
  widgets: {
    type: string;
    properties: { title?: string; metrics?: unknown[][]; markdown?: string; alarms?: string[] };
  }[];
}

function dashboardOf(synthesis: Synthesis): Dashboard {
  return JSON.parse(named(synthesis, "videos-dashboard").inputs["dashboardBody"] as string) as Dashboard;
}

function metricsOf({ widgets }: Dashboard, title: string): unknown[][] {
  return widgets.find(({ properties }) => properties.title?.startsWith(title))?.properties.metrics ?? [];
}

describe("the dashboard", () => {
  let synthesis: Synthesis;
  let dashboard: Dashboard;
  before(async () => {
    synthesis = await synthesisePipeline(monitored);
    dashboard = dashboardOf(synthesis);
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
      const shown = dashboardOf(await synthesisePipeline(args));
      return metricsOf(shown, "vCPUs of the whole account").map((metric) => [...[metric[3], metric.at(-2)]]);
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
    const { widgets } = dashboardOf(three);
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
