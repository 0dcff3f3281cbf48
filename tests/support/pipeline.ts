import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { resourceNamed as named, resourcesOfType as ofType, synthesise, type Synthesis } from "../../testing";

export { named, ofType };

/** An image that exists already, so that a test needs no bundle of the worker. */
export const IMAGE = { uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker@sha256:0123" };

/** Synthesises one pipeline named `videos`. The stack's outputs are those of the component. */
export function synthesisePipeline(
  args?: VideoBatchPipelineArgs,
  makeOptions: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<Synthesis> {
  return synthesise(() => outputsOf(new VideoBatchPipeline("videos", args, makeOptions())));
}

function outputsOf(pipeline: VideoBatchPipeline): Record<string, unknown> {
  const { computeEnvironmentArns, computeEnvironmentNames, jobQueueArns, jobQueueNames, jobDefinitionArns } = pipeline;
  const { jobDefinitionNames, imageUris, bucketName, bucketArn, topicArn, topicPolicy, whatDestroyDoes } = pipeline;
  const { stateMachineArn, stateMachineName, eventBusArn, eventBusPolicy } = pipeline;
  const { definition, stateMachineRoleArn, jobRoleArn, executionRoleArn, instanceRoleArn } = pipeline;
  const { jobLogGroupName, stateMachineLogGroupName, deadLetterQueueUrl } = pipeline;
  return {
    ...{ computeEnvironmentArns, computeEnvironmentNames, jobQueueArns, jobQueueNames, jobDefinitionArns },
    ...{ imageUris, bucketName: orNull(bucketName), bucketArn: orNull(bucketArn), whatDestroyDoes },
    ...{ eventBusArn: orNull(eventBusArn), eventBusPolicy: orNull(eventBusPolicy) },
    ...{ jobDefinitionNames, topicArn, topicPolicy, stateMachineArn, stateMachineName },
    ...{ definition, stateMachineRoleArn, jobRoleArn, executionRoleArn, instanceRoleArn: orNull(instanceRoleArn) },
    ...{ jobLogGroupName, stateMachineLogGroupName, deadLetterQueueUrl: orNull(deadLetterQueueUrl) },
  };
}

/** Pulumi warns of stack outputs without a value. */
function orNull(output: pulumi.Output<string | undefined>): pulumi.Output<string | null> {
  return output.apply((value) => value ?? null);
}

/** Type and name of what one synthesis has and another hasn't. */
export function added(more: Synthesis, less: Synthesis): string[] {
  const before = new Set(less.resources.map(({ urn }) => urn));
  const resources = more.resources.filter(({ urn }) => !before.has(urn));
  return resources.map(({ type, name }) => `${type.split(":")[2]} ${name}`).sort();
}

/** The container properties of a job definition, parsed. */
export function containerOf(synthesis: Synthesis, name: string): Record<string, unknown> {
  return JSON.parse(named(synthesis, name).inputs["containerProperties"] as string) as Record<string, unknown>;
}

/** `npm test` makes the worker's bundle beforehand; this is for a test that is run alone. */
export function bundleWorker(): void {
  const root = path.join(__dirname, "..", "..");
  if (fs.existsSync(path.join(root, "worker", "dist", "worker.cjs"))) return;
  execFileSync(process.execPath, [path.join(root, "scripts", "bundle-worker.mjs")], { stdio: "pipe" });
}

/** The expected value of a test, as a file that a person can read. */
export function fixture(name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "..", "components", "fixtures", name), "utf8"));
}
