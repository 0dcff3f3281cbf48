import { arn, hex, type Properties, type ResourceType } from "../resourceType";

/** Batch updates only environments with these in place. Others have at most their subnets and groups updated, on Fargate. */
const UPDATABLE = ["BEST_FIT_PROGRESSIVE", "SPOT_CAPACITY_OPTIMIZED", "SPOT_PRICE_CAPACITY_OPTIMIZED"];
const NEEDS_AN_UPDATABLE_ENVIRONMENT =
  /^computeResources\.(allocationStrategy|bidPercentage|ec2Configurations|instanceRole|instanceTypes|launchTemplate|tags)/;

function resourcesOf(inputs: Properties): { type?: string; allocationStrategy?: string } {
  return inputs["computeResources"] ?? {};
}

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/batch/compute_environment.go */
function environmentIsReplacedBy(path: string, old: Properties, now: Properties): boolean {
  const strategies = [old, now].map((inputs) => resourcesOf(inputs).allocationStrategy ?? "");
  if (strategies.every((strategy) => UPDATABLE.includes(strategy))) return false;
  if (/^computeResources\.(securityGroupIds|subnets)/.test(path)) return !resourcesOf(now).type?.startsWith("FARGATE");
  return NEEDS_AN_UPDATABLE_ENVIRONMENT.test(path);
}

export const BATCH: Record<string, ResourceType> = {
  "aws:batch/computeEnvironment:ComputeEnvironment": {
    name: "name",
    replacedBy: ["name", "namePrefix", "type", "eksConfiguration", "computeResources.spotIamFleetRole"],
    isReplacedBy: environmentIsReplacedBy,
    outputs: ({ name, region }) => ({
      ecsClusterArn: arn("ecs", region, `cluster/AWSBatch-${name}-${hex(8)}`),
      status: "VALID",
      statusReason: "ComputeEnvironment Healthy",
    }),
  },
  "aws:batch/jobQueue:JobQueue": { name: "name", replacedBy: ["name"], idIsArn: true },
  "aws:batch/jobDefinition:JobDefinition": {
    name: "name",
    sharesNames: true,
    replacedBy: ["name", "type", "namePrefix"],
    idIsArn: true,
    outputs: ({ name, region, revision }) => {
      const arnPrefix = arn("batch", region, `job-definition/${name}`);
      return { arn: `${arnPrefix}:${revision}`, arnPrefix, revision };
    },
    changing: ["arn", "revision"],
  },
  "aws:batch/schedulingPolicy:SchedulingPolicy": {
    name: "name",
    replacedBy: ["name"],
    idIsArn: true,
  },
  "aws:cloudcontrol/resource:Resource": {
    replacedBy: ["typeName", "roleArn"],
    // The provider compares only what it knows.
    isReplacedBy: (path, old, now) =>
      path === "desiredState" && createOnly(now) !== undefined && createOnly(old) !== createOnly(now),
    id: ({ inputs }) => String(desiredState(inputs)["JobDefinitionName"]),
    outputs: ({ id, region, revision, inputs }) => {
      const definition = arn("batch", region, `job-definition/${id}:${revision}`);
      return { properties: JSON.stringify({ ...desiredState(inputs), JobDefinitionArn: definition }) };
    },
    changing: ["properties"],
  },
};

/** Cloud Control can't change what identifies a job definition. */
function createOnly(inputs: Properties): unknown {
  return desiredState(inputs)["JobDefinitionName"];
}

function desiredState({ desiredState }: Properties): Properties {
  // It is unknown in a preview.
  return String(desiredState).startsWith("{") ? (JSON.parse(String(desiredState)) as Properties) : {};
}
