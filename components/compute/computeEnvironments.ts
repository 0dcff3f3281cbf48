import * as batch from "@pulumi/aws/batch";
import type * as iam from "@pulumi/aws/iam";
import type * as types from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";

import { createInstanceProfile } from "./instanceProfile";
import { createLaunchTemplate } from "./launchTemplate";
import type { Network } from "../network/network";
import { isFargate } from "./defaults";
import type { ComputeEnvironment, Pipeline } from "../settings";

export interface CreatedComputeEnvironments {
  /** By their names in the pipeline. */
  environments: Record<string, batch.ComputeEnvironment>;
  /** Absent when nothing runs on instances of Batch's own, and with an instance profile that exists. */
  instanceRole?: iam.Role;
}

export function createComputeEnvironments(
  pipeline: Pipeline,
  network: Network,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): CreatedComputeEnvironments {
  const { computeEnvironments, roles } = pipeline;
  const needsRole =
    roles.instanceProfileArn === undefined && computeEnvironments.some(({ site }) => site.platform === "ec2");
  const profile = needsRole ? createInstanceProfile(pipeline, partition, parent) : undefined;
  const environments = computeEnvironments.map((environment) => {
    const tags = tagsOf(pipeline, environment);
    const resources =
      environment.site.platform === "fargate"
        ? fargateResources(environment, network)
        : instanceResources(pipeline, environment, network, roles.instanceProfileArn ?? profile?.arn, tags, parent);
    return [
      environment.name,
      createEnvironment(pipeline, environment, resources, tags, profile ? [profile.attachment] : [], parent),
    ] as const;
  });
  return { environments: Object.fromEntries(environments), instanceRole: profile?.role };
}

type Tags = pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
type Resources = types.input.batch.ComputeEnvironmentComputeResources;

function createEnvironment(
  { name }: Pipeline,
  environment: ComputeEnvironment,
  computeResources: Resources,
  tags: Tags,
  dependsOn: pulumi.Resource[],
  parent: pulumi.Resource,
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
      parent,
      // Batch moves it; setting it again at every deployment would fight the scaler.
      ignoreChanges: fargate ? [] : ["computeResources.desiredVcpus"],
      // Of Fargate, Batch updates subnets, security groups and vCPUs, and the provider would try the type too.
      // https://docs.aws.amazon.com/batch/latest/userguide/updating-compute-environments.html
      replaceOnChanges: fargate ? ["computeResources.type"] : [],
      // Instances that start, or end, without these permissions never join the cluster, or never leave it.
      dependsOn: fargate ? [] : dependsOn,
    },
  );
}

function fargateResources({ type, maxVcpus }: ComputeEnvironment, network: Network): Resources {
  return { type, maxVcpus, subnets: network.subnetIds, securityGroupIds: network.securityGroupIds };
}

function instanceResources(
  pipeline: Pipeline,
  environment: ComputeEnvironment,
  network: Network,
  profileArn: pulumi.Input<string> | undefined,
  tags: Tags,
  parent: pulumi.Resource,
): Resources {
  const { type, eks, maxSpotPricePercent } = environment;
  const template = createLaunchTemplate(pipeline, environment, network, tags, parent);
  return {
    type,
    allocationStrategy: environment.allocationStrategy,
    minVcpus: environment.minVcpus,
    desiredVcpus: environment.desiredVcpus,
    maxVcpus: environment.maxVcpus,
    bidPercentage: type === "SPOT" ? (maxSpotPricePercent ?? 100) : undefined,
    instanceTypes: environment.instanceTypes,
    ec2Configurations: [{ imageType: imageTypeOf(environment) }],
    instanceRole: eks?.instanceProfileArn ?? profileArn,
    // The number, not "$Latest": only a change that Batch is told of gives running environments new instances.
    launchTemplate: { launchTemplateId: template.id, version: template.latestVersion.apply(String) },
    subnets: network.subnetIds,
    // Elsewhere the launch template's network interface has them.
    securityGroupIds: network.inDefaultVpc ? network.securityGroupIds : undefined,
    tags,
  };
}

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html */
function imageTypeOf({ eks, gpus }: ComputeEnvironment): string {
  return `${eks ? "EKS" : "ECS"}_AL2023${gpus ? "_NVIDIA" : ""}`;
}

/** Those of the pipeline and the environment's own, which win. */
function tagsOf({ tags }: Pipeline, environment: ComputeEnvironment): Tags {
  if (Object.keys(environment.tags).length === 0) return tags;
  return pulumi.all([tags ?? {}, environment.tags]).apply(([common, own]) => ({ ...common, ...own }));
}
