import * as pulumi from "@pulumi/pulumi";

import type { QueueArgs, RenditionArgs, VideoBatchPipelineArgs } from "../index";
import { parseQueue, parseRendition } from "./values";

/** The component's arguments from the stack's configuration, whose keys, types and defaults are in Pulumi.yaml. */
export function pipelineArgs(config: pulumi.Config): VideoBatchPipelineArgs {
  const preset = config.require("preset");
  const problems: string[] = [];
  const renditions = parsed(config, "renditions", parseRendition, problems).map((rendition): RenditionArgs => ({
    ...rendition,
    preset,
  }));
  const queues = parsed(config, "queues", parseQueue, problems);
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  const job = {
    attempts: config.requireNumber("attempts"),
    attemptTimeoutSeconds: config.requireNumber("attemptTimeoutSeconds"),
  };
  return {
    renditions,
    queues,
    parts: parts(queues, config.requireNumber("openingSeconds")),
    chunkSeconds: config.requireNumber("chunkSeconds"),
    compute: {
      minVcpus: config.requireNumber("minVcpus"),
      desiredVcpus: config.requireNumber("desiredVcpus"),
      maxVcpus: config.requireNumber("maxVcpus"),
      instanceTypes: strings(config, "instanceTypes"),
      subnetIds: strings(config, "subnetIds"),
      securityGroupIds: strings(config, "securityGroupIds"),
    },
    jobs: { metadata: job, features: job, transcode: job, package: job },
    workflow: { timeoutSeconds: config.requireNumber("timeoutSeconds") },
    image: { uri: text(config, "workerImage") },
    storage: { ...bucket(config), inputBuckets: strings(config, "inputBuckets") },
    notifications: { emailAddresses: strings(config, "emailAddresses") },
    logs: { retentionDays: config.requireNumber("logRetentionDays") },
  };
}

function parts(queues: QueueArgs[], seconds: number): VideoBatchPipelineArgs["parts"] {
  const [first, last] = [queues[0], queues.at(-1)];
  return first && last ? [{ queue: first.name, seconds }, { queue: last.name }] : [];
}

/** How an existing bucket is protected and cleaned up is its owner's affair. */
function bucket(config: pulumi.Config): VideoBatchPipelineArgs["storage"] {
  const existing = text(config, "bucket");
  if (existing !== undefined) return { bucket: existing };
  return {
    protect: config.requireBoolean("protectStorage"),
    forceDestroy: config.requireBoolean("deleteStorageWithStack"),
    intermediateExpirationDays: config.requireNumber("intermediateExpirationDays"),
  };
}

function parsed<T>(config: pulumi.Config, key: string, parse: (value: string) => T | string, problems: string[]): T[] {
  return config.requireObject<string[]>(key).flatMap((value, index) => {
    const result = parse(value);
    if (typeof result !== "string") return [result];
    problems.push(`${config.name}:${key}[${index}] ${result} Received ${JSON.stringify(value)}.`);
    return [];
  });
}

/** Pulumi.yaml has to give every key a default; an empty one stands for none. */
function text(config: pulumi.Config, key: string): string | undefined {
  return config.require(key) || undefined;
}

function strings(config: pulumi.Config, key: string): string[] | undefined {
  const values = config.requireObject<string[]>(key);
  return values.length === 0 ? undefined : values;
}
