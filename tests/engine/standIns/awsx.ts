import * as pulumi from "@pulumi/pulumi";
import { main, type ConstructResult } from "@pulumi/pulumi/provider";

import { VERSIONS } from "./versions";

/**
 * The stand-in for awsx, in a process of its own: the components that the pipeline uses of it, made of children as the real ones make
 * them. It declares children by type, because loading the SDK of aws takes longer than everything else here.
 */
const COMPONENTS: Record<string, (component: Component, inputs: pulumi.Inputs) => pulumi.Inputs> = {
  "awsx:ec2:DefaultVpc": defaultVpc,
  "awsx:ec2:Vpc": vpc,
  "awsx:ecr:Repository": repository,
  "awsx:ecr:Image": image,
};

class Component extends pulumi.ComponentResource {
  constructor(
    type: string,
    readonly name: string,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(type, name, {}, opts);
  }
}

/** Asks for the version of the provider that the real awsx was built with. Without it, the engine makes another default provider. */
function versionOf(type: string): string {
  return VERSIONS[type.startsWith("aws:") ? "aws" : "docker-build"];
}

class Child extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly repositoryUrl: pulumi.Output<string>;
  declare readonly ref: pulumi.Output<string>;

  constructor(type: string, name: string, inputs: pulumi.Inputs, parent: pulumi.Resource) {
    const outputs = { arn: undefined, repositoryUrl: undefined, ref: undefined };
    super(type, name, { ...outputs, ...inputs }, { parent, version: versionOf(type) });
  }
}

async function invoke(token: string, parent: pulumi.Resource): Promise<Record<string, unknown>> {
  return (await pulumi.runtime.invoke(token, {}, { parent, version: VERSIONS.aws })) as Record<string, unknown>;
}

function defaultVpc(component: Component): pulumi.Inputs {
  const vpcId = invoke("aws:ec2/getVpc:getVpc", component).then(({ id }) => id);
  const publicSubnetIds = invoke("aws:ec2/getSubnets:getSubnets", component).then(({ ids }) => ids);
  return { vpcId, publicSubnetIds, privateSubnetIds: [] };
}

/** As awsx divides a VPC: equal parts, as many as the next power of two has zones, each with a private and then a public half. */
function subnetRange(block: string, zones: number, index: number): string {
  const [base = "", bits = ""] = block.split("/");
  const mask = Number(bits) + Math.ceil(Math.log2(zones)) + 1;
  const start = base.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0) + index * 2 ** (32 - mask);
  return `${[24, 16, 8, 0].map((shift) => (start >>> shift) & 255).join(".")}/${mask}`;
}

function vpc(component: Component, { cidrBlock, tags, numberOfAvailabilityZones }: pulumi.Inputs): pulumi.Inputs {
  const { name } = component;
  const block = (cidrBlock ?? "10.0.0.0/16") as string;
  const made = new Child("aws:ec2/vpc:Vpc", name, { cidrBlock: block, tags: tags as pulumi.Inputs }, component);
  const count = (numberOfAvailabilityZones as number) ?? 3;
  const zones = Array.from({ length: count }, (_, index) => index + 1);
  const subnets = (kind: string, half: number): Child[] =>
    zones.map((zone) => {
      const inputs = { vpcId: made.id, cidrBlock: subnetRange(block, count, 2 * (zone - 1) + half) };
      return new Child("aws:ec2/subnet:Subnet", `${name}-${kind}-${zone}`, inputs, made);
    });
  const [privateSubnets, publicSubnets] = [subnets("private", 0), subnets("public", 1)];
  const routeTables = [...privateSubnets, ...publicSubnets].map(
    (_, index) => new Child("aws:ec2/routeTable:RouteTable", `${name}-${index + 1}`, { vpcId: made.id }, made),
  );
  const idsOf = (children: Child[]): pulumi.Output<string>[] => children.map(({ id }) => id);
  return {
    vpcId: made.id,
    privateSubnetIds: idsOf(privateSubnets),
    publicSubnetIds: idsOf(publicSubnets),
    routeTables,
  };
}

function repository(component: Component, { lifecyclePolicy, ...inputs }: pulumi.Inputs): pulumi.Inputs {
  const name = component.name.toLowerCase();
  const made = new Child("aws:ecr/repository:Repository", name, inputs, component);
  const rules = { repository: made.id, policy: pulumi.jsonStringify(lifecyclePolicy) };
  new Child("aws:ecr/lifecyclePolicy:LifecyclePolicy", name, rules, component);
  return { url: made.repositoryUrl };
}

/** The image is named by the tag alone: https://github.com/pulumi/pulumi-awsx/issues/1793 */
function image(
  component: Component,
  { repositoryUrl, imageTag, context, platform, args }: pulumi.Inputs,
): pulumi.Inputs {
  const tags = [pulumi.interpolate`${repositoryUrl}:${imageTag}`];
  const inputs = {
    tags,
    push: true,
    platforms: [platform as string],
    context: { location: context as string },
    buildArgs: args as object,
  };
  return { imageUri: new Child("docker-build:index:Image", imageTag as string, inputs, component).ref };
}

function construct(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
): Promise<ConstructResult> {
  const make = COMPONENTS[type];
  if (!make) return Promise.reject(new Error(`The stand-in for awsx does not know ${type}.`));
  const component = new Component(type, name, opts);
  return Promise.resolve({ urn: component.urn, state: make(component, inputs) });
}

void main({ version: VERSIONS.awsx, construct }, process.argv.slice(2));
