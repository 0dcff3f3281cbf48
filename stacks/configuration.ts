import * as pulumi from "@pulumi/pulumi";

import type { ComputeEnvironmentArgs, PartArgs, QueueArgs, VideoBatchPipelineArgs } from "../index";
import { parseQueue, parseRendition } from "./values";

/** The component's arguments from the stack's configuration. Pulumi.yaml has the keys, types and defaults. */
export function pipelineArgs(config: pulumi.Config): VideoBatchPipelineArgs {
  const problems: string[] = [];
  const renditions = parseEntries(config, "renditions", parseRendition, problems);
  const queues = parseEntries(config, "queues", parseQueue, problems);
  const partArgs = parts(config, queues, problems);
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  return {
    renditions,
    preset: config.require("preset"),
    queues,
    parts: partArgs,
    chunkSeconds: config.requireNumber("chunkSeconds"),
    enableSharedDecoding: config.requireBoolean("shareDecoding"),
    computeEnvironments: [environment(config)],
    network: {
      subnetIds: strings(config, "subnetIds"),
      securityGroupIds: strings(config, "securityGroupIds"),
      ...(config.requireBoolean("ownVpc") ? { vpc: {} } : {}),
    },
    jobDefaults: {
      attempts: config.requireNumber("attempts"),
      attemptTimeoutSeconds: config.requireNumber("attemptTimeoutSeconds"),
    },
    workflow: {
      timeoutSeconds: config.requireNumber("timeoutSeconds"),
      queueWaitSeconds: config.requireNumber("queueWaitSeconds") || undefined,
      continueOnRenditionFailure: config.requireBoolean("continueOnRenditionFailure"),
    },
    ...approval(config),
    image: { uri: text(config, "workerImage") },
    storage: { ...bucket(config), inputBuckets: strings(config, "inputBuckets") },
    trigger: trigger(config),
    notifications: { emailAddresses: strings(config, "emailAddresses") },
    monitoring: config.requireBoolean("monitoring") ? {} : undefined,
    logs: { retentionDays: config.requireNumber("logRetentionDays") },
  };
}

/** Every key in Pulumi.yaml needs a default; 0 disables approval. */
function approval(config: pulumi.Config): Pick<VideoBatchPipelineArgs, "approval"> {
  const timeoutSeconds = config.requireNumber("approvalTimeoutSeconds");
  return timeoutSeconds === 0 ? {} : { approval: { timeoutSeconds } };
}

function environment(config: pulumi.Config): ComputeEnvironmentArgs {
  const spot = config.requireBoolean("spot");
  return {
    name: "compute",
    ...(spot ? { type: "SPOT", onDemandFallback: true } : {}),
    minVcpus: config.requireNumber("minVcpus"),
    desiredVcpus: config.requireNumber("desiredVcpus"),
    maxVcpus: config.requireNumber("maxVcpus"),
    instanceTypes: strings(config, "instanceTypes"),
    diskGiB: config.requireNumber("diskGiB"),
  };
}

/** One part per queue, in order. The last part takes the rest. */
function parts(config: pulumi.Config, queues: QueueArgs[], problems: string[]): PartArgs[] {
  const seconds = config.requireObject<number[]>("partSeconds");
  if (seconds.length >= queues.length && problems.length === 0) {
    problems.push(
      `${config.name}:partSeconds must have fewer entries than ${config.name}:queues, whose last one takes the rest. ` +
        `Received ${JSON.stringify(seconds)}.`,
    );
  }
  const last = queues.at(-1);
  const before = queues.slice(0, seconds.length).map(({ name }, index) => ({ queue: name, seconds: seconds[index] }));
  return last ? [...before, { queue: last.name }] : before;
}

/** The owner of an existing bucket is responsible for its protection and cleanup. */
function bucket(config: pulumi.Config): VideoBatchPipelineArgs["storage"] {
  const existing = text(config, "bucket");
  if (existing !== undefined) return { bucket: existing };
  return {
    protect: config.requireBoolean("protectStorage"),
    retainOnDelete: config.requireBoolean("retainStorage"),
    enableVersioning: config.requireBoolean("versioning"),
    forceDestroy: config.requireBoolean("deleteStorageWithStack"),
    intermediateExpirationDays: config.requireNumber("intermediateExpirationDays"),
  };
}

function trigger(config: pulumi.Config): VideoBatchPipelineArgs["trigger"] {
  const prefixes = strings(config, "triggerPrefixes");
  return prefixes && { uploads: { prefixes, suffixes: strings(config, "triggerSuffixes") } };
}

function parseEntries<T>(
  config: pulumi.Config,
  key: string,
  parse: (value: string) => T | string,
  problems: string[],
): T[] {
  return config.requireObject<string[]>(key).flatMap((value, index) => {
    const result = parse(value);
    if (typeof result !== "string") return [result];
    problems.push(`${config.name}:${key}[${index}] ${result} Received ${JSON.stringify(value)}.`);
    return [];
  });
}

/** Every key in Pulumi.yaml needs a default; an empty string means no value. */
function text(config: pulumi.Config, key: string): string | undefined {
  return config.require(key) || undefined;
}

function strings(config: pulumi.Config, key: string): string[] | undefined {
  const values = config.requireObject<string[]>(key);
  return values.length === 0 ? undefined : values;
}
