import * as ec2 from "@pulumi/aws/ec2";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as awsx from "@pulumi/awsx/ec2";
import type { enums } from "@pulumi/awsx/types";
import * as pulumi from "@pulumi/pulumi";

import type { Connection, VpcSettings } from "./defaults";
import { entriesOf, type Pipeline } from "../settings";
import { createSecurityGroup } from "./securityGroup";

export const NAT_GATEWAYS: Record<string, enums.ec2.NatGatewayStrategy> = {
  "none": "None",
  "single": "Single",
  "per-zone": "OnePerAz",
};

/** What machines call: without a NAT gateway, each of them needs an endpoint. */
const ENDPOINTS = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs"];
const ENDPOINTS_FOR_SECRETS = ["secretsmanager", "ssm"];

/** A VPC whose machines are in private subnets, and reach S3 without a detour that costs. */
export function createVpc(pipeline: Pipeline, settings: VpcSettings, parent: pulumi.Resource): Connection {
  const { name, tags } = pipeline;
  const vpc = new awsx.Vpc(
    `${name}-vpc`,
    {
      cidrBlock: settings.cidrBlock,
      numberOfAvailabilityZones: settings.availabilityZones,
      natGateways: { strategy: NAT_GATEWAYS[settings.natGateways] ?? "Single" },
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Private" }, { type: "Public" }],
      // Interface endpoints answer under the services' own names.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    },
    { parent },
  );
  const { region } = getRegionOutput({}, { parent });
  new ec2.VpcEndpoint(
    `${name}-s3-endpoint`,
    {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
      routeTableIds: vpc.routeTables.apply((tables) => tables.map(({ id }) => id)),
      tags,
    },
    { parent },
  );
  const group = createSecurityGroup(pipeline, vpc.vpcId, parent);
  if (settings.interfaceEndpoints) createInterfaceEndpoints(pipeline, vpc, group, region, parent);
  return { subnetIds: vpc.privateSubnetIds, securityGroupIds: [group.id] };
}

function createInterfaceEndpoints(
  { name, tags, jobs }: Pipeline,
  vpc: awsx.Vpc,
  machines: ec2.SecurityGroup,
  region: pulumi.Output<string>,
  parent: pulumi.Resource,
): void {
  const group = new ec2.SecurityGroup(
    `${name}-endpoints-security-group`,
    {
      vpcId: vpc.vpcId,
      description: `Endpoints of the video batch pipeline ${name}: HTTPS from its machines`,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [machines.id] }],
      tags,
    },
    { parent },
  );
  const secrets = entriesOf(jobs).some(([, job]) => Object.keys(job.secrets).length > 0);
  for (const service of [...ENDPOINTS, ...(secrets ? ENDPOINTS_FOR_SECRETS : [])]) {
    new ec2.VpcEndpoint(
      `${name}-${service.replace(".", "-")}-endpoint`,
      {
        vpcId: vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
        subnetIds: vpc.privateSubnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags,
      },
      { parent },
    );
  }
}
