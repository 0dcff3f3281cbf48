import { notAllowed, notOneOf } from "../rules/choices";
import { badFormsIfKnown, type Form } from "../rules/forms";
import { noEntries, tooManyEntries } from "../rules/lists";
import { outOfRanges } from "../rules/numbers";
import { type Check, type Problem, when } from "../rules/problem";
import { NatGateways, type Network, type Vpc } from "./args";
import { VPC_LIMITS } from "./limits";

const DEFAULT = "Omit it to use the default VPC.";

const SUBNET: Form = {
  pattern: /^subnet-[0-9a-f]+$/,
  rule: "must be the ID of a subnet",
  remedy: "Use an ID such as subnet-0123456789abcdef0.",
};
const SECURITY_GROUP: Form = {
  pattern: /^sg-[0-9a-f]+$/,
  rule: "must be the ID of a security group",
  remedy: "Use an ID such as sg-0123456789abcdef0.",
};
const BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const CIDR_BLOCK = new RegExp(`^(${BYTE}\\.){3}${BYTE}/(1[6-9]|2[0-4])$`);

export const checkNetwork: Check<{ network?: Network }> = ({ args: { network } }) => {
  if (!network) return [];
  const { subnetIds, securityGroupIds, vpc } = network;
  return [
    ...noEntries("network.subnetIds", subnetIds, DEFAULT),
    ...tooManyEntries("network.subnetIds", subnetIds, 16, "One for each zone is enough."),
    ...badFormsIfKnown("network.subnetIds", subnetIds, SUBNET),
    ...noEntries("network.securityGroupIds", securityGroupIds, DEFAULT),
    ...badFormsIfKnown("network.securityGroupIds", securityGroupIds, SECURITY_GROUP),
    ...when(subnetIds !== undefined && securityGroupIds === undefined, {
      path: "network.securityGroupIds",
      rule: "must be given together with network.subnetIds",
      received: undefined,
      remedy: "Name a security group of the same VPC that allows outgoing HTTPS.",
    }),
    ...when(securityGroupIds !== undefined && subnetIds === undefined, {
      path: "network.subnetIds",
      rule: "must be given together with network.securityGroupIds",
      received: undefined,
      remedy: "Name subnets of the security groups' VPC, or omit both to use the default VPC.",
    }),
    ...when(subnetIds === undefined && vpc === undefined && network.enablePublicAddresses === false, {
      path: "network.enablePublicAddresses",
      rule: "must not be false in the default VPC, where machines reach AWS only from public addresses",
      received: false,
      remedy: "Name subnets with a NAT gateway or endpoints, or create a VPC with network.vpc.",
    }),
    ...(vpc ? checkVpc(network, vpc) : []),
  ];
};

function checkVpc(network: Network, vpc: Vpc): Problem[] {
  const { cidrBlock } = vpc;
  return [
    ...when(network.subnetIds !== undefined, {
      path: "network.vpc",
      rule: "must not be given together with network.subnetIds",
      received: vpc,
      remedy: "Remove one of them.",
    }),
    ...when(cidrBlock !== undefined && !CIDR_BLOCK.test(cidrBlock), {
      path: "network.vpc.cidrBlock",
      rule: "must be an IPv4 range from /16 to /24",
      received: cidrBlock,
      remedy: "Use a range such as 10.0.0.0/16.",
    }),
    ...outOfRanges("network.vpc", vpc, VPC_LIMITS),
    ...notOneOf("network.vpc.natGateways", vpc.natGateways, NatGateways, "Omit it to use single."),
    ...when(vpc.natGateways === "none" && vpc.enableInterfaceEndpoints !== true, {
      path: "network.vpc.natGateways",
      rule: "must not be none without network.vpc.enableInterfaceEndpoints",
      received: vpc.natGateways,
      remedy: "Machines in private subnets would reach nothing: use single, or enable the endpoints.",
    }),
    ...(network.enablePublicAddresses === true
      ? notAllowed("network", network, {
          keys: ["enablePublicAddresses"],
          where: "as true together with network.vpc",
          remedy: "Remove it: machines are in private subnets, where a public address has no effect.",
        })
      : []),
  ];
}
