import { createHash } from "node:crypto";

import type * as batch from "@pulumi/aws/batch";
import * as cloudcontrol from "@pulumi/aws/cloudcontrol";
import * as pulumi from "@pulumi/pulumi";

import { textOf } from "../context/mockedOutputs";
import type { PodDescription } from "./pod";

export type PodDefinitionArgs = Pick<
  batch.JobDefinitionArgs,
  "retryStrategy" | "timeout" | "propagateTags" | "tags"
> & {
  name: pulumi.Input<string>;
  eksProperties: PodDescription;
};

export interface CreatedJobDefinition {
  arn: pulumi.Output<string>;
  name: pulumi.Output<string>;
}

/**
 * A job definition made through Cloud Control, which supports what the provider's own resource doesn't: persistent volume claims.
 * Its properties have CloudFormation's names.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
 */
export function createThroughCloudControl(
  resourceName: string,
  args: PodDefinitionArgs,
  parent: pulumi.Resource,
): CreatedJobDefinition {
  const desiredState = pulumi.output(args).apply(({ name, tags, ...others }) => ({
    JobDefinitionName: name,
    Type: "container",
    ...(nameForCloudFormation(others) as object),
    ...(tags ? { Tags: tags } : {}),
    // Running executions, and redrives, still name the revision that they began with.
    ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
  }));
  const { properties } = new cloudcontrol.Resource(
    resourceName,
    { typeName: "AWS::Batch::JobDefinition", desiredState: pulumi.jsonStringify(desiredState) },
    { parent },
  );
  const arn = textOf(properties).apply((json) => arnIn(json === "" ? "{}" : json));
  return { arn, name: pulumi.output(args.name) };
}

/** Without the properties that AWS adds, as with mocks that return none, it is empty. */
function arnIn(properties: string): string {
  const { JobDefinitionArn = "" } = JSON.parse(properties) as { JobDefinitionArn?: string };
  return JobDefinitionArn;
}

/** Cloud Control generates no names. This one is the same at every deployment of a stack, and differs between stacks. */
export function generateName(resourceName: string): string {
  const identity = [pulumi.getProject(), pulumi.getStack(), resourceName].join("/");
  return `${resourceName}-${createHash("sha256").update(identity).digest("hex").slice(0, 7)}`;
}

/** Names that differ by more than their first letter. */
const RENAMED: Record<string, string> = {
  commands: "Command",
  envs: "Env",
  evaluateOnExits: "EvaluateOnExit",
  readOnlyRootFileSystem: "ReadOnlyRootFilesystem",
};
/** The keys of these are the user's, or those of Kubernetes. */
const MAPS = ["limits", "requests", "labels"];

function nameForCloudFormation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameForCloudFormation);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [
        RENAMED[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
        MAPS.includes(key) ? (member as unknown) : nameForCloudFormation(member),
      ]),
  );
}
