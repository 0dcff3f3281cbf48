import { consoleLog, consoleUrl, consoleView } from "../../contract/console";
import type { ComputeEnvironmentSettings } from "../compute/defaults";
import { serviceDomain } from "../context/serviceDomain";
import * as metrics from "./dashboardMetrics";

interface Widget {
  type: "metric" | "text" | "alarm";
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

const PERIOD = 300;

/**
 * Rows of widgets, the most important first.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function describeDashboard(
  name: string,
  computeEnvironments: ComputeEnvironmentSettings[],
  view: metrics.View,
): { widgets: Widget[] } {
  const { region } = view.location;
  const graph = (title: string, series: metrics.Metric[], properties: Record<string, unknown> = {}): Widget => ({
    type: "metric",
    width: 8,
    height: 6,
    properties: { title, region, view: "timeSeries", period: PERIOD, stat: "Sum", metrics: series, ...properties },
  });
  return {
    widgets: [
      links(name, view),
      ...(view.alarmArns.length > 0
        ? [{ type: "alarm" as const, width: 24, height: 3, properties: { title: "Alarms", alarms: view.alarmArns } }]
        : []),
      graph("Executions", metrics.executions(view)),
      graph("Duration of executions, s", metrics.executionTimes(view), { stat: "p50" }),
      graph("Failed jobs by reason, and retried attempts", metrics.failures(view)),
      graph("Jobs entering a state", metrics.jobs(view)),
      graph("Queue time of started attempts, s", metrics.attemptSeconds(view, "JobAttemptRunnableToStartingDuration")),
      graph("Run time of ended attempts, s", metrics.attemptSeconds(view, "JobAttemptExecutionDuration")),
      ...unlessEmpty(
        graph("Instance vCPUs allocated to jobs, %", metrics.reservedVcpus(view), { stat: "Average", period: 60 }),
      ),
      ...unlessEmpty(
        graph("vCPUs of the whole account", metrics.usedVcpus(computeEnvironments), { stat: "Maximum", period: 60 }),
      ),
      graph("Hours of ended attempts", metrics.attemptHours(view)),
      graph("Stored and logged bytes", metrics.storage(view), { period: 86_400 }),
      ...(view.deadLetterQueueName === undefined
        ? []
        : [
            graph("Starts that failed after all retries", [metrics.deadLetters(view.deadLetterQueueName)], {
              stat: "Maximum",
            }),
          ]),
    ],
  };
}

/** A widget without metrics would show nothing. */
function unlessEmpty(widget: Widget): Widget[] {
  return (widget.properties["metrics"] as metrics.Metric[]).length > 0 ? [widget] : [];
}

function links(name: string, view: metrics.View): Widget {
  const { location, stateMachineArn, topicArn, logGroupNames, bucketName, deadLetterQueueName } = view;
  const { region, partition, account } = location;
  const queueUrl = `https://sqs.${region}.${serviceDomain(partition)}/${account}/${deadLetterQueueName}`;
  const entries: [string, string][] = [
    ["Executions", consoleView(location, "states", `/statemachines/view/${stateMachineArn}`)],
    ["Jobs", consoleView(location, "batch", "jobs")],
    ["Queues", consoleView(location, "batch", "queues")],
    ["Topic", consoleView(location, "sns/v3", `/topic/${topicArn}`)],
    ...(bucketName === undefined
      ? []
      : [["Bucket", consoleUrl(location, `s3/buckets/${bucketName}`)] as [string, string]]),
    ...(deadLetterQueueName === undefined
      ? []
      : [
          ["Dead letters", consoleView(location, "sqs/v3", `/queues/${encodeURIComponent(queueUrl)}`)] as [
            string,
            string,
          ],
        ]),
    ...logGroupNames.map((log): [string, string] => [log, consoleLog(location, log)]),
  ];
  const markdown = [`# ${name}`, entries.map(([title, url]) => `[${title}](${url})`).join(" · ")].join("\n");
  return { type: "text", width: 24, height: 2, properties: { markdown } };
}
