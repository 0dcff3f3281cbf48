import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { NetworkResources } from "../network/network";
import type { ComputeEnvironmentSettings } from "./defaults";
import { encodeUserData } from "./userData";

/** The settings of an environment's instances that Batch does not offer. */
export function createLaunchTemplate(
  { name, tags, keyArn, parent }: Context,
  environment: ComputeEnvironmentSettings,
  { securityGroupIds, inDefaultVpc, publicAddresses }: NetworkResources,
): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(
    `${name}-${environment.name}-launch-template`,
    {
      blockDeviceMappings: [
        {
          // The root device of Amazon Linux, which holds images and volumes too.
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: environment.diskGiB,
            encrypted: "true",
            kmsKeyId: keyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      // One hop: pods and others with their own network can't reach the instance's role. `instanceRoleGuard.ts` is for the
      // rest.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIpv6: "disabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      // The default VPC's subnets assign public addresses by themselves. An interface here has to name its security groups too.
      networkInterfaces: inDefaultVpc
        ? undefined
        : [
            {
              deviceIndex: 0,
              associatePublicIpAddress: String(publicAddresses),
              deleteOnTermination: "true",
              securityGroups: securityGroupIds,
            },
          ],
      userData: pulumi.output(environment.userData).apply((known) => encodeUserData(environment, known)),
      tagSpecifications: tags === undefined ? undefined : [{ resourceType: "volume", tags }],
      tags,
    },
    { parent },
  );
}
