import type { Synthesis, SynthesisedResource } from "../../runner/synthesis/synthesis";

const ACCOUNT = "us-east-1:123456789012";
export const TOPIC = `arn:aws:sns:${ACCOUNT}:topic`;

export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  outputs: Record<string, unknown>,
): SynthesisedResource {
  const options = {
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    dependencies: [],
    provider: "",
  };
  return { type, name, urn: `urn:${name}`, parent: "", inputs, outputs: { name, ...outputs }, options };
}

export function stateMachine(definition: unknown, name = "pipeline"): SynthesisedResource {
  return resource(
    "aws:sfn/stateMachine:StateMachine",
    name,
    { definition: typeof definition === "string" ? definition : JSON.stringify(definition), roleArn: "arn:role" },
    { arn: `arn:aws:states:${ACCOUNT}:stateMachine:${name}` },
  );
}

export function jobDefinition(
  name: string,
  command: string[],
  inputs: Record<string, unknown> = {},
  environment: { name: string; value: string }[] = [],
): SynthesisedResource {
  const resourceRequirements = [
    { type: "VCPU", value: "1" },
    { type: "MEMORY", value: "512" },
  ];
  return resource(
    "aws:batch/jobDefinition:JobDefinition",
    name,
    {
      type: "container",
      containerProperties: JSON.stringify({ image: "image", command, environment, resourceRequirements }),
      ...inputs,
    },
    { arn: `arn:aws:batch:${ACCOUNT}:job-definition/${name}:1`, revision: 1 },
  );
}

/** A program with an environment of 2 vCPUs, a high and a low queue, and a topic. */
export function synthesis(...resources: SynthesisedResource[]): Synthesis {
  const environment = `arn:aws:batch:${ACCOUNT}:compute-environment/ce`;
  const queue = (name: string, priority: number): SynthesisedResource =>
    resource(
      "aws:batch/jobQueue:JobQueue",
      name,
      { priority, state: "ENABLED", computeEnvironmentOrders: [{ order: 1, computeEnvironment: environment }] },
      { arn: `arn:aws:batch:${ACCOUNT}:job-queue/${name}` },
    );
  return {
    project: "project",
    stack: "stack",
    outputs: {},
    resources: [
      resource(
        "aws:batch/computeEnvironment:ComputeEnvironment",
        "ce",
        { type: "MANAGED", computeResources: { maxVcpus: 2, desiredVcpus: 0 } },
        { arn: environment },
      ),
      queue("high", 10),
      queue("low", 1),
      resource("aws:sns/topic:Topic", "topic", {}, { arn: TOPIC }),
      ...resources,
    ],
  };
}
