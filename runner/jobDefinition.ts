import type { ExitRule, JobDefinition } from "./batch/configuration";
import type { SynthesisedResource } from "./synthesis";
import { UsageError } from "./usageError";

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

/** A `aws.batch.JobDefinition` as Batch would keep it. */
export function readJobDefinition({ name, inputs, outputs }: SynthesisedResource): JobDefinition {
  const { type, containerProperties } = inputs;
  if (type !== "container" || typeof containerProperties !== "string") {
    throw new UsageError(
      `Job definition ${name} must be of type "container" with containerProperties to run here. Received type ${JSON.stringify(type)}.`,
    );
  }
  const container = JSON.parse(containerProperties) as ContainerProperties;
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

/** Batch takes the action in any case, and the provider passes an unset condition as null or "". */
function readExitRule({ action, onExitCode, onReason, onStatusReason }: ExitRuleInput): ExitRule {
  return {
    action: action.toUpperCase() as ExitRule["action"],
    ...(onExitCode ? { onExitCode } : {}),
    ...(onReason ? { onReason } : {}),
    ...(onStatusReason ? { onStatusReason } : {}),
  };
}
