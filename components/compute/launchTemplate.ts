import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { Network } from "../network/network";
import type { ComputeEnvironment, Pipeline } from "../settings";

/** How the instances of an environment are made: what Batch itself has no settings for. */
export function createLaunchTemplate(
  { name, keyArn, network: { publicAddresses } }: Pipeline,
  environment: ComputeEnvironment,
  { securityGroupIds, inDefaultVpc }: Network,
  tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined,
  parent: pulumi.Resource,
): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(
    `${name}-${environment.name}-launch-template`,
    {
      blockDeviceMappings: [
        {
          // The root device of Amazon Linux, where images and volumes are kept too.
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
      // One hop: jobs have credentials of their own, and don't get at the instance's.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      // The default VPC's subnets give out public addresses by themselves. With an interface here, its groups belong here too.
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
 * Batch merges this with its own start-up script, which takes MIME.
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
