import type { SynthesisedResource } from "./synthesis";

const RESOURCE = "aws:cloudcontrol/resource:Resource";
const JOB_DEFINITION = "AWS::Batch::JobDefinition";

/** Property names that differ between the provider and CloudFormation by more than the first letter. */
const RENAMED: Record<string, string> = { Command: "commands", Env: "envs", EvaluateOnExit: "evaluateOnExits" };
/** Properties whose keys are chosen by users or Kubernetes. */
const MAPS = ["Limits", "Requests", "Labels", "Tags", "Parameters"];

/** Converts a job definition that is created through Cloud Control to the provider's own resource. */
export function jobDefinitionOfCloudControl(resource: SynthesisedResource): SynthesisedResource[] {
  if (resource.type !== RESOURCE || resource.inputs["typeName"] !== JOB_DEFINITION) return [];
  const { JobDefinitionName: name, ...properties } = read(resource.inputs["desiredState"]);
  const arn = String(read(resource.outputs["properties"])["JobDefinitionArn"]);
  const revision = Number(arn.slice(arn.lastIndexOf(":") + 1));
  return [
    {
      ...resource,
      type: "aws:batch/jobDefinition:JobDefinition",
      inputs: inWordsOfProvider(properties) as SynthesisedResource["inputs"],
      outputs: { arn, name, revision },
    },
  ];
}

function read(json: unknown): Record<string, unknown> {
  return JSON.parse(String(json)) as Record<string, unknown>;
}

function inWordsOfProvider(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWordsOfProvider);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      RENAMED[key] ?? key.charAt(0).toLowerCase() + key.slice(1),
      MAPS.includes(key) ? (member as unknown) : inWordsOfProvider(member),
    ]),
  );
}
