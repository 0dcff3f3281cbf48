import * as batch from "@pulumi/aws/batch";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";

import type { Network } from "./network";
import type { Pipeline } from "./pipeline";
import { createRole } from "./roles";

export interface CreatedCompute {
  environment: batch.ComputeEnvironment;
  instanceRole: iam.Role;
}

export function createCompute(
  pipeline: Pipeline,
  network: Network,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): CreatedCompute {
  const { name, tags, compute } = pipeline;
  const instanceRole = createRole(pipeline, "instance-role", interpolate`ec2.${domainOf(partition)}`, parent);
  const attachment = new iam.RolePolicyAttachment(
    `${name}-instance-role-policy`,
    {
      role: instanceRole.name,
      policyArn: interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`,
    },
    { parent },
  );
  const profile = new iam.InstanceProfile(`${name}-instance-profile`, { role: instanceRole.name, tags }, { parent });
  const environment = new batch.ComputeEnvironment(
    `${name}-compute`,
    {
      name: compute.computeEnvironmentName,
      type: "MANAGED",
      // No serviceRole: only with the service-linked role can Batch update an environment in place.
      computeResources: {
        type: "EC2",
        // The API's own default, BEST_FIT, can't be updated in place.
        allocationStrategy: "BEST_FIT_PROGRESSIVE",
        minVcpus: compute.minVcpus,
        desiredVcpus: compute.desiredVcpus,
        maxVcpus: compute.maxVcpus,
        instanceTypes: compute.instanceTypes,
        instanceRole: profile.arn,
        subnets: network.subnetIds,
        securityGroupIds: network.securityGroupIds,
        tags,
      },
      tags,
    },
    {
      parent,
      // Batch moves it; setting it again at every deployment would fight the scaler.
      ignoreChanges: ["computeResources.desiredVcpus"],
      // Instances that start, or end, without these permissions never join the cluster, or never leave it.
      dependsOn: [attachment],
    },
  );
  return { environment, instanceRole };
}

/** China's partition is the only one whose EC2 has a principal of its own. */
function domainOf(partition: pulumi.Output<string>): pulumi.Output<string> {
  return partition.apply((text) => (text === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"));
}
