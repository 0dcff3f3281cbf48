import * as batch from "@pulumi/aws/batch";
import type * as iam from "@pulumi/aws/iam";
import type * as types from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";

import type { Context, Tags } from "../context/context";
import type { NetworkResources } from "../network/network";
import { type ComputeEnvironmentSettings, type ComputeSettings, isFargate } from "./defaults";
import { repeatDeletion } from "./environmentDeletion";
import { ENVIRONMENT_LIMITS } from "./limits";
import { createInstanceProfile } from "./instanceProfile";
import { createLaunchTemplate } from "./launchTemplate";

export interface CreatedComputeEnvironments {
  /** By their names in the pipeline. */
  computeEnvironments: Record<string, batch.ComputeEnvironment>;
  /** Absent when no environment has instances of Batch's own, and with an existing instance profile. */
  instanceRole?: iam.Role;
}

/** What the instances of all environments have in common. */
interface Instances {
  network: NetworkResources;
  instanceProfileArn?: pulumi.Input<string>;
}

type Resources = types.input.batch.ComputeEnvironmentComputeResources;

export function createComputeEnvironments(
  context: Context,
  { environments, instanceProfileArn }: ComputeSettings,
  network: NetworkResources,
): CreatedComputeEnvironments {
  const onEc2 = environments.some(({ jobPlatform }) => jobPlatform.platform === "ec2");
  const profile = instanceProfileArn === undefined && onEc2 ? createInstanceProfile(context) : undefined;
  const instances = { network, instanceProfileArn: instanceProfileArn ?? profile?.arn };
  const hooks = repeatDeletion();
  const created = environments.map((environment) => {
    const tags = mergeTags(context.tags, environment.tags);
    const resources = isFargate(environment.type)
      ? fargateResources(environment, network)
      : createInstanceResources({ ...context, tags }, environment, instances);
    // Instances that start or stop without these permissions never join the cluster, or never leave it.
    const dependsOn = profile && !isFargate(environment.type) ? [profile.attachment] : [];
    const opts = { dependsOn, hooks };
    return [environment.name, createEnvironment({ ...context, tags }, environment, resources, opts)] as const;
  });
  return { computeEnvironments: Object.fromEntries(created), instanceRole: profile?.role };
}

function createEnvironment(
  { name, tags, parent }: Context,
  environment: ComputeEnvironmentSettings,
  computeResources: Resources,
  opts: pulumi.CustomResourceOptions,
): batch.ComputeEnvironment {
  const { eks, updatePolicy } = environment;
  const fargate = isFargate(environment.type);
  return new batch.ComputeEnvironment(
    `${name}-${environment.name}`,
    {
      name: environment.computeEnvironmentName,
      type: "MANAGED",
      state: "ENABLED",
      // No serviceRole: only with the service-linked role can Batch update an environment in place.
      computeResources,
      eksConfiguration: eks && { eksClusterArn: eks.clusterArn, kubernetesNamespace: eks.namespace },
      updatePolicy: fargate
        ? undefined
        : {
            terminateJobsOnUpdate: updatePolicy.terminateJobs,
            jobExecutionTimeoutMinutes: updatePolicy.jobTimeoutMinutes,
          },
      tags,
    },
    {
      ...{ ...opts, parent },
      // Batch adjusts the number; setting it again at every deployment would work against the scaling.
      ignoreChanges: fargate ? [] : ["computeResources.desiredVcpus"],
      // On Fargate, Batch can update subnets, security groups and vCPUs alone; the provider would try to update the type too.
      // https://docs.aws.amazon.com/batch/latest/userguide/updating-compute-environments.html
      replaceOnChanges: fargate ? ["computeResources.type"] : [],
      // With a fixed name the provider would delete the old environment first: Batch disables it, and then refuses, as a queue uses it.
      ...(environment.computeEnvironmentName === undefined ? {} : { deleteBeforeReplace: false }),
    },
  );
}

function fargateResources({ type, maxVcpus }: ComputeEnvironmentSettings, network: NetworkResources): Resources {
  return { type, maxVcpus, subnets: network.subnetIds, securityGroupIds: network.securityGroupIds };
}

function createInstanceResources(
  context: Context,
  environment: ComputeEnvironmentSettings,
  { network, instanceProfileArn }: Instances,
): Resources {
  const { type, eks, maxSpotPricePercent } = environment;
  const template = createLaunchTemplate(context, environment, network);
  return {
    type,
    allocationStrategy: environment.allocationStrategy,
    minVcpus: environment.minVcpus,
    desiredVcpus: environment.desiredVcpus,
    maxVcpus: environment.maxVcpus,
    bidPercentage:
      type === "SPOT" ? (maxSpotPricePercent ?? ENVIRONMENT_LIMITS.maxSpotPricePercent.default) : undefined,
    instanceTypes: environment.instanceTypes,
    ec2Configurations: [{ imageType: imageType(environment), imageIdOverride: environment.machineImageId }],
    instanceRole: eks?.instanceProfileArn ?? instanceProfileArn,
    // The number, not "$Latest": running environments get new instances only when Batch sees a change.
    launchTemplate: { launchTemplateId: template.id, version: template.latestVersion.apply(String) },
    subnets: network.subnetIds,
    // Outside the default VPC, the launch template's network interface has them.
    securityGroupIds: network.inDefaultVpc ? network.securityGroupIds : undefined,
    tags: context.tags,
  };
}

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html */
function imageType({ eks, gpus }: ComputeEnvironmentSettings): string {
  return `${eks ? "EKS" : "ECS"}_AL2023${gpus ? "_NVIDIA" : ""}`;
}

/** The environment's own tags win over the pipeline's. */
function mergeTags(tags: Tags | undefined, own: ComputeEnvironmentSettings["tags"]): Tags | undefined {
  if (Object.keys(own).length === 0) return tags;
  return pulumi.all([tags ?? {}, own]).apply(([common, others]) => ({ ...common, ...others }));
}
