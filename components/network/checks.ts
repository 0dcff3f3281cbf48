import { NAT_GATEWAYS } from "./vpc";
import { notAllowed, notOneOf } from "../rules/choices";
import { outOfRanges, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";

export const checkNetwork: Check = ({ args: { network } }) => {
  if (!network) return [];
  const { subnetIds, securityGroupIds, vpc } = network;
  return [
    ...when(Array.isArray(subnetIds) && subnetIds.length === 0, () =>
      problem("network.subnetIds", "must have at least one entry", [], "Leave it out for the default VPC."),
    ),
    ...when(Array.isArray(subnetIds) && subnetIds.length > 16, () =>
      problem(
        "network.subnetIds",
        "must have at most 16 entries, which is what Batch allows",
        (subnetIds as unknown[]).length,
        "One for each zone is enough.",
      ),
    ),
    ...when(Array.isArray(securityGroupIds) && securityGroupIds.length === 0, () =>
      problem("network.securityGroupIds", "must have at least one entry", [], "Leave it out for the default VPC."),
    ),
    ...when(subnetIds !== undefined && securityGroupIds === undefined, () =>
      problem(
        "network.securityGroupIds",
        "must be given together with network.subnetIds",
        undefined,
        "Name a security group of the same VPC that lets HTTPS out.",
      ),
    ),
    ...when(securityGroupIds !== undefined && subnetIds === undefined, () =>
      problem(
        "network.subnetIds",
        "must be given together with network.securityGroupIds",
        undefined,
        "Name subnets of the security groups' VPC, or leave both out for the default VPC.",
      ),
    ),
    ...when(subnetIds === undefined && vpc === undefined && network.enablePublicAddresses === false, () =>
      problem(
        "network.enablePublicAddresses",
        "must not be false in the default VPC, whose subnets reach AWS only through public addresses",
        false,
        "Name subnets with a NAT gateway or endpoints, or let a VPC be made with network.vpc.",
      ),
    ),
    ...(vpc ? checkVpc(network, vpc) : []),
  ];
};

type Network = NonNullable<Parameters<Check>[0]["args"]["network"]>;

function checkVpc(network: Network, vpc: NonNullable<Network["vpc"]>): Problem[] {
  const mask = Number(/^\d{1,3}(?:\.\d{1,3}){3}\/(\d{1,2})$/.exec(vpc.cidrBlock ?? "10.0.0.0/16")?.[1]);
  return [
    ...when(network.subnetIds !== undefined, () =>
      problem("network.vpc", "must not be given together with network.subnetIds", vpc, "Keep one of the two."),
    ),
    ...when(!(mask >= 16 && mask <= 24), () =>
      problem(
        "network.vpc.cidrBlock",
        "must be an IPv4 range from /16 to /24",
        vpc.cidrBlock,
        "Take for example 10.0.0.0/16.",
      ),
    ),
    ...outOfRanges("network.vpc", vpc, { availabilityZones: whole(1, 6, "2 is the default.") }),
    ...notOneOf("network.vpc.natGateways", vpc.natGateways, Object.keys(NAT_GATEWAYS), "Leave it out for single."),
    ...when(vpc.natGateways === "none" && vpc.enableInterfaceEndpoints !== true, () =>
      problem(
        "network.vpc.natGateways",
        "must not be none without network.vpc.enableInterfaceEndpoints",
        vpc.natGateways,
        "Machines in private subnets would reach nothing: take single, or enable the endpoints.",
      ),
    ),
    ...(network.enablePublicAddresses === true
      ? notAllowed(
          "network",
          network,
          ["enablePublicAddresses"],
          "as true together with network.vpc",
          "Machines are in private subnets, where a public address leads nowhere.",
        )
      : []),
  ];
}
