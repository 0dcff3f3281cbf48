import { type Refusal, refuses } from "../refusals";

const CASES: Refusal[] = [
  [
    { computeEnvironments: [{ name: "compute", minVcpus: 8 }] },
    [
      "computeEnvironments[0].minVcpus must not be above computeEnvironments[0].maxVcpus, which is 4. Received 8. Lower it, or raise computeEnvironments[0].maxVcpus.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", desiredVcpus: 6 }] },
    [
      "computeEnvironments[0].desiredVcpus must be from computeEnvironments[0].minVcpus to computeEnvironments[0].maxVcpus, which are 0 and 4. Received 6. Omit it: Batch adjusts it to the jobs.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", maxVcpus: 0 }] },
    [
      "computeEnvironments[0].maxVcpus must be a whole number from 1 to 100,000. Received 0. More vCPUs run more jobs at once.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", instanceTypes: [] }], network: { securityGroupIds: ["sg-1"] } },
    [
      "computeEnvironments[0].instanceTypes must have at least one entry. Received []. Omit it to use optimal.",
      "network.subnetIds must be given together with network.securityGroupIds. Received nothing. Name subnets of the security groups' VPC, or omit both to use the default VPC.",
    ],
  ],
  [
    { computeEnvironments: [] },
    ["computeEnvironments must have at least one entry. Received []. Omit it to use one environment of EC2 instances."],
  ],
  [
    { computeEnvironments: [{ name: "has space", type: "LAMBDA" }] },
    [
      'computeEnvironments[0].name must be 1 to 60 letters, digits, hyphens or underscores, and begin with a letter or digit. Received "has space". Choose a name such as 1080p or my-queue.',
      'computeEnvironments[0].type must be one of EC2, SPOT, FARGATE, FARGATE_SPOT. Received "LAMBDA". Omit it to use EC2.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "FARGATE", minVcpus: 1, diskGiB: 50, instanceTypes: ["c7i"] }] },
    [
      "computeEnvironments[0].minVcpus must not be given with Fargate, which has no instances. Received 1. Remove it, or choose the type EC2 or SPOT.",
      'computeEnvironments[0].instanceTypes must not be given with Fargate, which has no instances. Received ["c7i"]. Remove it, or choose the type EC2 or SPOT.',
      "computeEnvironments[0].diskGiB must not be given with Fargate, which has no instances. Received 50. Remove it, or choose the type EC2 or SPOT.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", allocationStrategy: "BEST_FIT" }] },
    [
      'computeEnvironments[0].allocationStrategy must be one of BEST_FIT_PROGRESSIVE. Received "BEST_FIT". Omit it to use BEST_FIT_PROGRESSIVE.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", maxSpotPricePercent: 50, onDemandFallback: true }] },
    [
      "computeEnvironments[0].maxSpotPricePercent must not be given without the type SPOT. Received 50. Remove it, or choose the type SPOT.",
      "computeEnvironments[0].onDemandFallback must not be true without the type SPOT or FARGATE_SPOT. Received true. Remove it: this environment is already On-Demand.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "SPOT", maxSpotPricePercent: 101 }] },
    [
      "computeEnvironments[0].maxSpotPricePercent must be a whole number from 1 to 100. Received 101. Omit it to pay the Spot price, which never exceeds the On-Demand price.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i", "c7g"] }] },
    [
      'computeEnvironments[0].instanceTypes must all have the architecture x86_64. Received ["c7g"]. Batch doesn\'t mix architectures: give the others their own environment and queues.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i", "g6"] }] },
    [
      'computeEnvironments[0].instanceTypes must all have GPUs when one of them has. Received ["c7i","g6"]. Instances with and without GPUs need different images: give those without GPUs their own environment.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["g5g"] }] },
    [
      'computeEnvironments[0].instanceTypes must be x86 when they have GPUs. Received ["g5g"]. Batch has no Amazon Linux 2023 image for Graviton instances with GPUs: use an x86 family such as g6.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", architecture: "arm64", instanceTypes: ["c7i"] }] },
    [
      'computeEnvironments[0].instanceTypes must all have the architecture arm64. Received ["c7i"]. Batch doesn\'t mix architectures: give the others their own environment and queues.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", computeEnvironmentName: "AWS_BATCH_mine" }] },
    [
      'computeEnvironments[0].computeEnvironmentName must not begin with AWS_BATCH. Received "AWS_BATCH_mine". Batch reserves such names: choose another.',
    ],
  ],
  [
    {
      computeEnvironments: [
        { name: "a", machineImageId: "al2023" },
        { name: "b", machineImageId: "ami-01234567" },
        { name: "c", type: "FARGATE", machineImageId: "ami-01234567" },
      ],
      queues: [
        { name: "instances", priority: 1, environments: ["a", "b"] },
        { name: "fargate", priority: 1, environments: ["c"] },
      ],
    },
    [
      'computeEnvironments[0].machineImageId must be the ID of a machine image (AMI). Received "al2023". Use an ID such as ami-0123456789abcdef0, or omit it to let Batch choose the image.',
      'computeEnvironments[2].machineImageId must not be given with Fargate, which has no instances. Received "ami-01234567". Remove it, or choose the type EC2 or SPOT.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", updatePolicy: { jobTimeoutMinutes: 0 } }] },
    [
      "computeEnvironments[0].updatePolicy.jobTimeoutMinutes must be a whole number from 1 to 7,200. Received 0. The default is 30.",
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a", tags: { "a*": "Größe", "b": "x".repeat(257) } }],
    },
    [
      "computeEnvironments[0].tags must have values of at most 256 characters. Received 257. Shorten the value.",
      'computeEnvironments[0].tags must have keys and values of letters, digits, spaces and _.:/=+-@. Received "a*". Remove other characters.',
    ],
  ],
  [
    {
      tags: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`all${index}`, "1"])),
      computeEnvironments: [
        { name: "a", tags: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`own${index}`, "1"])) },
      ],
    },
    [
      "computeEnvironments[0].tags must together with tags have at most 50 tags, which is AWS's limit. Received 51. Remove some of them.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", tags: { "aws:x": "1" } }] },
    [
      'computeEnvironments[0].tags must have keys of 1 to 128 characters that don\'t begin with aws:. Received "aws:x". Rename the tag.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "SPOT", onDemandFallback: true }, { name: "A-on-demand" }] },
    [
      'computeEnvironments[1].name must differ from computeEnvironments[0].name by more than case. Received "A-on-demand". Rename or remove one of them.',
    ],
  ],
  [
    {
      computeEnvironments: [
        { name: "a", instanceTypes: ["c99zz.1024xlarge", "u-6tb1.56xlarge", "m7i-flex", "optimal"] },
      ],
    },
    [],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i", "C7I.large", "c7i large", "large", "c7i.", ""] }] },
    ["C7I.large", "c7i large", "large", "c7i.", ""].map(
      (type, index) =>
        `computeEnvironments[0].instanceTypes[${index + 1}] must be an instance type or family. Received "${type}". Use a value such as c7i, c7i.xlarge or optimal.`,
    ),
  ],
  [
    { tags: { Team: 7, Owner: undefined, Cost: { centre: "a" } } },
    [
      "tags.Team must be a string. Received 7. Put it in quotes.",
      "tags.Cost must be a string. Received an object. Write a single value.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", tags: { spot: true } }] },
    ["computeEnvironments[0].tags.spot must be a string. Received true. Put it in quotes."],
  ],
];

describe("the checks of compute environments", () => refuses(CASES));
