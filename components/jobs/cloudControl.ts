import { createHash } from "node:crypto";

import type * as batch from "@pulumi/aws/batch";
import * as cloudcontrol from "@pulumi/aws/cloudcontrol";
import * as pulumi from "@pulumi/pulumi";

import type { Pod } from "./pod";

export type PodDefinitionArgs = Pick<
  batch.JobDefinitionArgs,
  "retryStrategy" | "timeout" | "propagateTags" | "tags"
> & {
  name?: string;
  eksProperties: Pod;
};

/** What a job definition is known by. */
export interface CreatedJobDefinition {
  arn: pulumi.Output<string>;
  name: pulumi.Output<string>;
}

/**
 * A job definition made through Cloud Control, which has what the provider's own resource has not: persistent volume claims. It
 * takes CloudFormation's words.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
 */
export function createThroughCloudControl(
  resourceName: string,
  { name = generatedName(resourceName), ...args }: PodDefinitionArgs,
  parent: pulumi.Resource,
): CreatedJobDefinition {
  const desiredState = pulumi.output(args).apply(({ tags, ...others }) => ({
    JobDefinitionName: name,
    Type: "container",
    ...(inWordsOfCloudFormation(others) as object),
    ...(tags ? { Tags: tags } : {}),
    // Executions under way, and redrives, still name the revision that they began with.
    ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
  }));
  const { properties } = new cloudcontrol.Resource(
    resourceName,
    { typeName: "AWS::Batch::JobDefinition", desiredState: pulumi.jsonStringify(desiredState) },
    { parent },
  );
  const arn = properties.apply((json) => (JSON.parse(json) as { JobDefinitionArn: string }).JobDefinitionArn);
  return { arn, name: pulumi.output(name) };
}

/** Cloud Control makes up no names. It is the same at every deployment of the stack, and another in other stacks. */
function generatedName(resourceName: string): string {
  const place = [pulumi.getProject(), pulumi.getStack(), resourceName].join("/");
  return `${resourceName}-${createHash("sha256").update(place).digest("hex").slice(0, 7)}`;
}

/** Where the words differ by more than their first letter. */
const RENAMED: Record<string, string> = {
  commands: "Command",
  envs: "Env",
  evaluateOnExits: "EvaluateOnExit",
  readOnlyRootFileSystem: "ReadOnlyRootFilesystem",
};
/** Keys of these are the user's, or Kubernetes'. */
const MAPS = ["limits", "requests", "labels"];

function inWordsOfCloudFormation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWordsOfCloudFormation);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [
        RENAMED[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
        MAPS.includes(key) ? (member as unknown) : inWordsOfCloudFormation(member),
      ]),
  );
}
