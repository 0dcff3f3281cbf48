import { ACCOUNT } from "../../../../runner/synthesis/mockedAws";
import { hex, identified, type ResourceType } from "../resourceType";

export const NETWORK: Record<string, ResourceType> = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...identified("lt", "name", "namePrefix"),
    name: "name",
    outputs: ({ revision }) => ({ defaultVersion: 1, latestVersion: revision }),
    changing: ["latestVersion"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ...identified("sg", "name", "namePrefix", "description", "vpcId"),
    name: "name",
    uniqueIn: { input: "vpcId" },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": identified("vpce", "vpcId", "serviceName", "vpcEndpointType"),
  "aws:ec2/vpc:Vpc": identified("vpc", "cidrBlock"),
  "aws:ec2/subnet:Subnet": identified("subnet", "vpcId", "cidrBlock", "availabilityZone"),
  "aws:ec2/routeTable:RouteTable": identified("rtb", "vpcId"),
};

export const IMAGES: Record<string, ResourceType> = {
  "aws:ecr/repository:Repository": {
    name: "name",
    replacedBy: ["name", "encryptionConfigurations"],
    outputs: ({ name, region }) => ({ repositoryUrl: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}` }),
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { replacedBy: ["repository", "policy"] },
  "docker-build:index:Image": {
    replacedBy: [],
    id: () => hex(64),
    outputs: ({ id, inputs }) => ({
      digest: `sha256:${id}`,
      contextHash: hex(64),
      ref: `${firstTag(inputs["tags"]).replace(/:[^:/]*$/, "")}@sha256:${id}`,
    }),
    changing: ["digest", "ref", "contextHash"],
  },
};

function firstTag(tags: unknown): string {
  return Array.isArray(tags) ? String(tags[0]) : "";
}
