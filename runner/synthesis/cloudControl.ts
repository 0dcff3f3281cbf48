import type { SynthesisedResource } from "./synthesis";

const RESOURCE = "aws:cloudcontrol/resource:Resource";
const JOB_DEFINITION = "AWS::Batch::JobDefinition";

/** Where the provider's words differ from CloudFormation's by more than their first letter. */
const RENAMED: Record<string, string> = { Command: "commands", Env: "envs", EvaluateOnExit: "evaluateOnExits" };
/** Keys of these are the user's, or Kubernetes'. */
const MAPS = ["Limits", "Requests", "Labels", "Tags", "Parameters"];

/** A job definition that is made through Cloud Control, in the words of the provider's own resource. */
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
