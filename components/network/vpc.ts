import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import type { enums } from "@pulumi/awsx/types";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { Connection, VpcSettings } from "./defaults";
import type { NatGateways } from "./args";
import { createSecurityGroup } from "./securityGroup";

const NAT_GATEWAYS: Record<NatGateways, enums.ec2.NatGatewayStrategy> = {
  "none": "None",
  "single": "Single",
  "per-zone": "OnePerAz",
};

/** The services that machines call. Without a NAT gateway, each of them needs an endpoint. */
const SERVICES = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs"];
const SERVICES_FOR_SECRETS = ["secretsmanager", "ssm"];
const SERVICE_FOR_EVENTS = "events";

/** A VPC with machines in private subnets, which reach S3 free of charge. */
export function createVpc(context: Context, settings: VpcSettings): Connection {
  const { name, tags, location, parent } = context;
  const vpc = new awsx.Vpc(
    `${name}-vpc`,
    {
      cidrBlock: settings.cidrBlock,
      numberOfAvailabilityZones: settings.availabilityZones,
      natGateways: { strategy: NAT_GATEWAYS[settings.natGateways] },
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Private" }, { type: "Public" }],
      // Interface endpoints answer under the services' own names.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    },
    { parent },
  );
  new ec2.VpcEndpoint(
    `${name}-s3-endpoint`,
    {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: pulumi.interpolate`com.amazonaws.${location.region}.s3`,
      routeTableIds: routeTableIds(vpc),
      tags,
    },
    { parent },
  );
  const group = createSecurityGroup(context, vpc.vpcId);
  if (settings.interfaceEndpoints) {
    createInterfaceEndpoints(context, vpc, group, [
      ...SERVICES,
      ...(settings.secrets ? SERVICES_FOR_SECRETS : []),
      ...(settings.events ? [SERVICE_FOR_EVENTS] : []),
    ]);
  }
  return { subnetIds: vpc.privateSubnetIds, securityGroupIds: [group.id] };
}

/** None with mocks that return only inputs, as tests of programs may have. */
function routeTableIds({ routeTables }: awsx.Vpc): pulumi.Output<pulumi.Output<string>[]> {
  return routeTables.apply((tables: ec2.RouteTable[] | undefined) => (tables ?? []).map(({ id }) => id));
}

function createInterfaceEndpoints(
  { name, tags, location, parent }: Context,
  vpc: awsx.Vpc,
  machines: ec2.SecurityGroup,
  services: string[],
): void {
  const group = new ec2.SecurityGroup(
    `${name}-endpoints-security-group`,
    {
      vpcId: vpc.vpcId,
      description: `Endpoints of the video batch pipeline ${name}: HTTPS from its machines`,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [machines.id] }],
      tags,
    },
    { parent, ignoreChanges: ["description"] },
  );
  for (const service of services) {
    new ec2.VpcEndpoint(
      `${name}-${service.replace(".", "-")}-endpoint`,
      {
        vpcId: vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: pulumi.interpolate`com.amazonaws.${location.region}.${service}`,
        subnetIds: vpc.privateSubnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags,
      },
      { parent },
    );
  }
}
