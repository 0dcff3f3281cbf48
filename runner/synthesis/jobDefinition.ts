import type { ExitRule, JobDefinition } from "../batch/api/configuration";
import type { SynthesisedResource } from "./synthesis";
import { UsageError } from "../../contract/usageError";

interface ContainerProperties {
  image: string;
  command?: string[];
  environment?: { name: string; value: string }[];
  resourceRequirements?: { type: string; value: string }[];
  vcpus?: number;
  memory?: number;
}

interface RetryStrategyInput {
  attempts?: number;
  evaluateOnExits?: ExitRuleInput[];
}

interface ExitRuleInput extends Omit<ExitRule, "action"> {
  action: string;
}

/** Reads an `aws.batch.JobDefinition` as Batch would store it. */
export function readJobDefinition({ name, inputs, outputs }: SynthesisedResource): JobDefinition {
  const container = readContainer(inputs);
  if (container === undefined) {
    throw new UsageError(
      `Job definition ${name} must be of type "container" with containerProperties or eksProperties to run here. Received type ${JSON.stringify(inputs["type"])}.`,
    );
  }
  const requirements = new Map(container.resourceRequirements?.map(({ type: kind, value }) => [kind, Number(value)]));
  const retry = (inputs["retryStrategy"] ?? {}) as RetryStrategyInput;
  const timeout = inputs["timeout"] as { attemptDurationSeconds?: number } | undefined;
  return {
    arn: String(outputs["arn"]),
    name: String(outputs["name"]),
    revision: Number(outputs["revision"] ?? 1),
    image: container.image,
    command: container.command ?? [],
    environment: Object.fromEntries((container.environment ?? []).map((entry) => [entry.name, entry.value])),
    vcpus: requirements.get("VCPU") ?? container.vcpus ?? 1,
    memoryMiB: requirements.get("MEMORY") ?? container.memory ?? 0,
    parameters: (inputs["parameters"] ?? {}) as Record<string, string>,
    retryStrategy: {
      attempts: retry.attempts ?? 1,
      evaluateOnExit: (retry.evaluateOnExits ?? []).map(readExitRule),
    },
    attemptTimeoutSeconds: timeout?.attemptDurationSeconds,
  };
}

function readContainer({ type, containerProperties, eksProperties }: Record<string, unknown>) {
  if (type !== "container") return undefined;
  if (typeof containerProperties === "string") return JSON.parse(containerProperties) as ContainerProperties;
  const pod = (eksProperties as EksProperties | undefined)?.podProperties.containers[0];
  return pod && fromPod(pod);
}

interface EksProperties {
  podProperties: { containers: PodContainer[] };
}

interface PodContainer {
  image: string;
  commands?: string[];
  args?: string[];
  envs?: { name: string; value: string }[];
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
}

/** Converts a pod's container, whose resources are `cpu`, and `memory` with a unit. */
function fromPod({ image, commands = [], args = [], envs, resources }: PodContainer): ContainerProperties {
  const quantities = { ...resources?.requests, ...resources?.limits };
  return {
    image,
    command: [...commands, ...args],
    environment: envs,
    resourceRequirements: [
      ...(quantities["cpu"] === undefined ? [] : [{ type: "VCPU", value: quantities["cpu"] }]),
      ...(quantities["memory"] === undefined
        ? []
        : [{ type: "MEMORY", value: quantities["memory"].replace(/Mi$/, "") }]),
    ],
  };
}

/** Batch accepts the action in upper or lower case, and the provider passes an unset condition as null or "". */
function readExitRule({ action, onExitCode, onReason, onStatusReason }: ExitRuleInput): ExitRule {
  return {
    action: action.toUpperCase() as ExitRule["action"],
    ...(onExitCode ? { onExitCode } : {}),
    ...(onReason ? { onReason } : {}),
    ...(onStatusReason ? { onStatusReason } : {}),
  };
}
