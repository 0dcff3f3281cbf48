import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { NetworkResources } from "../network/network";
import type { ComputeEnvironmentSettings } from "./defaults";

/** The settings of an environment's instances that Batch itself doesn't have. */
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
      // One hop: jobs have their own credentials, and can't reach the instance's.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
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
      userData: environment.userData === undefined ? undefined : pulumi.output(environment.userData).apply(multipart),
      tagSpecifications: tags === undefined ? undefined : [{ resourceType: "volume", tags }],
      tags,
    },
    { parent },
  );
}

/**
 * Batch merges this with its own start-up script, which requires MIME.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 */
function multipart(script: string): string {
  const lines = [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="==BOUNDARY=="',
    "",
    "--==BOUNDARY==",
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    "",
    script,
    "--==BOUNDARY==--",
    "",
  ];
  return Buffer.from(lines.join("\n")).toString("base64");
}
