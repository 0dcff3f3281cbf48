import { type Refusal, refuses } from "../refusals";

const CASES: Refusal[] = [
  [
    { network: { subnetIds: ["subnet-1"] } },
    [
      "network.securityGroupIds must be given together with network.subnetIds. Received nothing. Name a security group of the same VPC that allows outgoing HTTPS.",
    ],
  ],
  [
    { network: { vpc: { cidrBlock: "10.0.0.0/8", natGateways: "two" } } },
    [
      'network.vpc.cidrBlock must be an IPv4 range from /16 to /24. Received "10.0.0.0/8". Use a range such as 10.0.0.0/16.',
      'network.vpc.natGateways must be one of none, single, per-zone. Received "two". Omit it to use single.',
    ],
  ],
  [
    { network: { vpc: { natGateways: "none" }, enablePublicAddresses: true } },
    [
      'network.vpc.natGateways must not be none without network.vpc.enableInterfaceEndpoints. Received "none". Machines in private subnets would reach nothing: use single, or enable the endpoints.',
      "network.enablePublicAddresses must not be given as true together with network.vpc. Received true. Remove it: machines are in private subnets, where a public address has no effect.",
    ],
  ],
  [
    { network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"], vpc: {} } },
    ["network.vpc must not be given together with network.subnetIds. Received {}. Remove one of them."],
  ],
  [
    { network: { enablePublicAddresses: false } },
    [
      "network.enablePublicAddresses must not be false in the default VPC, where machines reach AWS only from public addresses. Received false. Name subnets with a NAT gateway or endpoints, or create a VPC with network.vpc.",
    ],
  ],
  [{ network: { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] } }, []],
  [
    {
      network: {
        subnetIds: ["subnet-1", "10.0.0.0/24", "subnet-1,subnet-2", "sg-1"],
        securityGroupIds: ["default", "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1"],
      },
    },
    [
      'network.subnetIds[1] must be the ID of a subnet. Received "10.0.0.0/24". Use an ID such as subnet-0123456789abcdef0.',
      'network.subnetIds[2] must be the ID of a subnet. Received "subnet-1,subnet-2". Use an ID such as subnet-0123456789abcdef0.',
      'network.subnetIds[3] must be the ID of a subnet. Received "sg-1". Use an ID such as subnet-0123456789abcdef0.',
      'network.securityGroupIds[0] must be the ID of a security group. Received "default". Use an ID such as sg-0123456789abcdef0.',
      'network.securityGroupIds[1] must be the ID of a security group. Received "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1". Use an ID such as sg-0123456789abcdef0.',
    ],
  ],
  ...["10.0.0.0/16", "172.31.255.0/24", "192.168.100.0/20"].map((cidrBlock): Refusal => [
    { network: { vpc: { cidrBlock } } },
    [],
  ]),
  ...["256.0.0.0/16", "10.0.0/16", "10.0.0.0", "10.0.0.0/25"].map((cidrBlock): Refusal => [
    { network: { vpc: { cidrBlock } } },
    [
      `network.vpc.cidrBlock must be an IPv4 range from /16 to /24. Received "${cidrBlock}". Use a range such as 10.0.0.0/16.`,
    ],
  ]),
];

describe("the checks of the network", () => refuses(CASES));
