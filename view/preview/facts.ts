import { jobDefinitionOfCloudControl } from "../../runner/synthesis/cloudControl";
import type { SynthesisedResource } from "../../runner/synthesis/synthesis";
import { count, countNoun } from "../text/format";
import { everyState, outline } from "../outline/outline";

type Inputs = Record<string, unknown>;

/** The most important facts about a resource in one line. Empty if the name is sufficient. */
export function factsOf(resource: SynthesisedResource): string {
  const [{ type, inputs, options } = resource] = jobDefinitionOfCloudControl(resource);
  const facts = FACTS[type]?.(inputs) ?? [];
  return [
    ...facts,
    ...(options.protect ? ["protected"] : []),
    ...(options.retainOnDelete ? ["kept on delete"] : []),
  ].join(", ");
}

const FACTS: Record<string, (inputs: Inputs) => string[]> = {
  "aws:batch/computeEnvironment:ComputeEnvironment": ({ computeResources }) => {
    const compute = (computeResources ?? {}) as Inputs;
    const { type, minVcpus = 0, maxVcpus, desiredVcpus, instanceTypes, allocationStrategy } = compute;
    return [
      ...text(type),
      `${String(minVcpus)} to ${String(maxVcpus)} vCPUs`,
      ...(typeof desiredVcpus === "number" ? [`${desiredVcpus} desired`] : []),
      ...text((instanceTypes as string[] | undefined)?.join(" ")),
      ...text(allocationStrategy),
    ];
  },
  "aws:batch/jobQueue:JobQueue": ({ priority, state }) => [
    `priority ${String(priority)}`,
    ...(state === "DISABLED" ? ["disabled"] : []),
  ],
  "aws:batch/jobDefinition:JobDefinition": ({ containerProperties, eksProperties, retryStrategy, timeout }) => [
    ...container(containerProperties),
    ...pod(eksProperties),
    ...attempts(retryStrategy, timeout),
  ],
  "aws:cloudcontrol/resource:Resource": ({ typeName }) => text(typeName),
  "aws:sfn/stateMachine:StateMachine": ({ type, definition }) => [...text(type), ...machine(definition)],
  "aws:s3/bucket:Bucket": ({ forceDestroy }) => [
    forceDestroy === true ? "deleted with all its contents" : "kept unless it is empty",
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ({ rules }) =>
    list(rules).flatMap(({ applyServerSideEncryptionByDefault: by }) =>
      text((by as Inputs | undefined)?.["sseAlgorithm"]),
    ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ({ rules }) =>
    list(rules).flatMap(({ id, expiration }) => {
      const days = (expiration as Inputs | undefined)?.["days"];
      return typeof days === "number" ? [`${String(id)} after ${countNoun(days, "day")}`] : [];
    }),
  "aws:cloudwatch/logGroup:LogGroup": ({ retentionInDays: days }) =>
    typeof days === "number" && days > 0 ? [`kept ${countNoun(days, "day")}`] : ["kept forever"],
  "aws:sns/topicSubscription:TopicSubscription": ({ protocol, endpoint }) => [
    `${String(protocol)} to ${String(endpoint)}`,
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ alarmDescription }) => text(alarmDescription),
  "awsx:ecr:Image": ({ context, platform }) => [`built from ${String(context)}`, ...text(platform)],
};

function container(properties: unknown): string[] {
  if (typeof properties !== "string") return [];
  const { resourceRequirements = [] } = JSON.parse(properties) as {
    resourceRequirements?: { type: string; value: string }[];
  };
  return resourceRequirements.map(({ type, value }) => amount(type, value));
}

function pod(properties: unknown): string[] {
  const { podProperties } = (properties ?? {}) as { podProperties?: { containers?: PodContainer[] } };
  const limits = podProperties?.containers?.[0]?.resources?.limits ?? {};
  return Object.entries(limits).map(([unit, quantity]) => amount(unit, quantity.replace(/Mi$/, "")));
}

interface PodContainer {
  resources?: { limits?: Record<string, string> };
}

const UNITS: Record<string, string> = {
  ...{ VCPU: "vCPUs", MEMORY: "MiB", GPU: "GPUs" },
  ...{ "cpu": "vCPUs", "memory": "MiB", "nvidia.com/gpu": "GPUs" },
};

function amount(unit: string, quantity: string): string {
  return `${count(Number(quantity))} ${UNITS[unit] ?? unit}`;
}

function attempts(strategy: unknown, timeout: unknown): string[] {
  const maximum = (strategy as { attempts?: number } | undefined)?.attempts ?? 1;
  const seconds = (timeout as { attemptDurationSeconds?: number } | undefined)?.attemptDurationSeconds;
  return [`${countNoun(maximum, "attempt")}${seconds === undefined ? "" : ` of at most ${count(seconds)} s`}`];
}

function machine(definition: unknown): string[] {
  if (typeof definition !== "string") return [];
  const parsed = JSON.parse(definition) as { TimeoutSeconds?: number };
  const seconds = parsed.TimeoutSeconds;
  return [
    countNoun(everyState(outline(parsed)).length, "state"),
    ...(seconds === undefined ? [] : [`at most ${count(seconds)} s`]),
  ];
}

function text(value: unknown): string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

function list(value: unknown): Inputs[] {
  return Array.isArray(value) ? (value as Inputs[]) : [];
}
