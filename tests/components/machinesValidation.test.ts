import { type Refusal, refuses } from "./refusals";

/** Arguments about machines, queues, containers and networks. */
const CASES: Refusal[] = [
  [
    { computeEnvironments: [] },
    ["computeEnvironments must have at least one entry. Received []. Leave it out for one of EC2 instances."],
  ],
  [
    { computeEnvironments: [{ name: "has space", type: "LAMBDA" }] },
    [
      'computeEnvironments[0].name must be 1 to 60 letters, digits, hyphens or underscores, beginning with a letter or digit. Received "has space". Choose a name like 1080p or my-queue.',
      'computeEnvironments[0].type must be one of EC2, SPOT, FARGATE, FARGATE_SPOT. Received "LAMBDA". Leave it out for EC2.',
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
      'computeEnvironments[0].allocationStrategy must be one of BEST_FIT_PROGRESSIVE. Received "BEST_FIT". Leave it out for BEST_FIT_PROGRESSIVE.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", maxSpotPricePercent: 50, onDemandFallback: true }] },
    [
      "computeEnvironments[0].maxSpotPricePercent must not be given without the type SPOT. Received 50. Remove it, or choose the type SPOT.",
      "computeEnvironments[0].onDemandFallback must not be true without the type SPOT or FARGATE_SPOT. Received true. Remove it: this is On-Demand already.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "SPOT", maxSpotPricePercent: 101 }] },
    [
      "computeEnvironments[0].maxSpotPricePercent must be a whole number from 1 to 100. Received 101. Leave it out to pay what Spot Instances cost, at most the On-Demand price.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i", "c7g"] }] },
    [
      'computeEnvironments[0].instanceTypes must all be of the architecture x86_64. Received ["c7g"]. Batch doesn\'t mix architectures: give the others an environment and queues of their own.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i", "g6"] }] },
    [
      'computeEnvironments[0].instanceTypes must all have GPUs when one has. Received ["c7i","g6"]. They start from different images: give instances without GPUs an environment of their own.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["g5g"] }] },
    [
      'computeEnvironments[0].instanceTypes must be x86 when they have GPUs. Received ["g5g"]. Batch has no image of Amazon Linux 2023 for Graviton with GPUs: take for example g6.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", architecture: "arm64", instanceTypes: ["c7i"] }] },
    [
      'computeEnvironments[0].instanceTypes must all be of the architecture arm64. Received ["c7i"]. Batch doesn\'t mix architectures: give the others an environment and queues of their own.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", computeEnvironmentName: "AWS_BATCH_mine" }] },
    [
      'computeEnvironments[0].computeEnvironmentName must not begin with AWS_BATCH. Received "AWS_BATCH_mine". Batch keeps such names for itself: choose another.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", updatePolicy: { jobTimeoutMinutes: 0 } }] },
    [
      "computeEnvironments[0].updatePolicy.jobTimeoutMinutes must be a whole number from 1 to 7,200. Received 0. 30 is the default.",
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a", tags: { "a*": "Größe", "b": "x".repeat(257) } }],
    },
    [
      "computeEnvironments[0].tags must have values of at most 256 characters. Received 257. Shorten the value.",
      'computeEnvironments[0].tags must have keys and values of letters, digits, spaces and _.:/=+-@. Received "a*". Leave others out.',
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
      "computeEnvironments[0].tags must together with tags have at most 50 tags, which is what AWS allows. Received 51. Remove some of them.",
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
    { computeEnvironments: [{ name: "a" }, { name: "b", type: "FARGATE" }] },
    [
      'queues must be of one kind and architecture. Received ["a (ec2)","b (fargate)"]. Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: make a queue for each.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a" }, { name: "b", architecture: "arm64" }],
      queues: [{ name: "q", priority: 1 }],
    },
    [
      'queues[0].environments must be of one kind and architecture. Received ["a (ec2)","b (ec2-arm64)"]. Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: make a queue for each.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a" }, { name: "b" }, { name: "c" }, { name: "d" }],
      queues: [{ name: "q", priority: 1 }],
    },
    [
      'queues[0].environments must have at most 3 environments, those behind Spot capacity included. Received ["a","b","c","d"]. Batch tries no more than that: name the ones that this queue uses.',
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, environments: ["other"] }] },
    [
      'queues[0].environments must be names of compute environments: compute. Received "other". Correct it, or add the environment to computeEnvironments.',
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, environments: [] }] },
    ["queues[0].environments must have at least one entry. Received []. Leave it out for all environments."],
  ],
  [
    { queues: [{ name: "q", priority: 1, environments: ["compute", "compute"] }] },
    [
      'queues[0].environments must have every environment once. Received ["compute","compute"]. Remove the second mention.',
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, capacityWaitSeconds: 599, misfitWaitSeconds: 86401 }] },
    [
      "queues[0].capacityWaitSeconds must be a whole number from 600 to 86,400. Received 599. Leave it out for workflow.queueWaitSeconds.",
      "queues[0].misfitWaitSeconds must be a whole number from 600 to 86,400. Received 86401. Leave it out for 600.",
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, enableWaitLimits: false, capacityWaitSeconds: 600 }] },
    [
      "queues[0].capacityWaitSeconds must not be given while queues[0].enableWaitLimits is false. Received 600. Remove one of the two.",
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, fairShare: {} }] },
    [
      "queues[0].fairShare.defaultShare must be 1 to 255 letters and digits. Received nothing. A fair-share queue takes no job without a share: name one for executions that don't, for example standard.",
    ],
  ],
  [
    {
      queues: [
        {
          name: "q",
          priority: 1,
          fairShare: {
            defaultShare: "all",
            reservationPercent: 100,
            shares: [{ identifier: "a*", weight: 0 }, { identifier: "ab" }],
          },
        },
      ],
    },
    [
      "queues[0].fairShare.reservationPercent must be a whole number from 0 to 99. Received 100. 0 reserves nothing.",
      "queues[0].fairShare.shares[0].weight must be a number from 0.0001 to 999.9999. Received 0. A lower weight gets more.",
      'queues[0].fairShare.shares[1].identifier must not overlap with queues[0].fairShare.shares[0].identifier, which is a*. Received "ab". Batch allows one weight for a share: remove one of the two.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["g6.xlarge"] }],
      renditions: [
        { name: "a", height: 720, encoder: "nvenc", codec: "vp9" },
        { name: "b", height: 720, encoder: "nvenc", codec: "av1", crf: 52 },
      ],
    },
    [
      'renditions[0].encoder must be software for vp9. Received "nvenc". NVIDIA GPUs encode h264, hevc and av1.',
      "renditions[1].crf must be a number from 0 to 51. Received 52. Lower is better and larger; 18 to 28 is usual.",
    ],
  ],
  [
    { renditions: [{ name: "r", height: 720, encoder: "nvenc" }] },
    [
      'renditions[0].encoder must run on a queue with GPU instances, which high has not. Received "nvenc". Give one of its compute environments instance types such as g6.',
    ],
  ],
  [
    {
      jobs: {
        features: {
          exitRules: [
            { action: "RETRY", onExitCode: "1*" },
            { action: "RETRY", onExitCode: "1*" },
            { action: "RETRY", onExitCode: "1*" },
            { action: "RETRY", onExitCode: "1*" },
            { action: "RETRY", onExitCode: "1*" },
            { action: "RETRY", onExitCode: "1*" },
          ],
        },
      },
    },
    [
      "jobs.features.exitRules must have at most 5 entries, which is what Batch allows. Received 6. Put what is started again first, and end with EXIT on the reason *.",
    ],
  ],
  [
    {
      jobs: {
        features: {
          exitRules: [{ action: "AGAIN", onExitCode: "x" }, { action: "EXIT" }, { action: "EXIT", onReason: "a*b" }],
        },
      },
    },
    [
      'jobs.features.exitRules[0].action must be one of RETRY, EXIT. Received "AGAIN". Take one of them.',
      'jobs.features.exitRules[0].onExitCode must be digits, and may end with *. Received "x". Take for example 13*.',
      'jobs.features.exitRules[1] must have a condition. Received {"action":"EXIT"}. Add onExitCode, onReason or onStatusReason; * is any.',
      'jobs.features.exitRules[2].onReason must be 1 to 512 letters, digits, spaces, dots or colons, and may end with *. Received "a*b". Take for example CannotPullContainerError:*.',
    ],
  ],
  [
    {
      jobs: {
        features: {
          secrets: {
            A: "secret",
            B: "arn:aws:ssm:us-east-1:123456789012:parameter/b",
            AWS_BATCH_X: "arn:aws:ssm:us-east-1:123456789012:parameter/b",
          },
          environment: { B: "1" },
        },
      },
    },
    [
      'jobs.features.secrets must have no name that begins with AWS_BATCH or is VIDEO_BATCH_LADDER. Received "AWS_BATCH_X". Batch and the pipeline set these themselves: choose another name.',
      'jobs.features.secrets must have the ARNs of secrets or parameters as values. Received "A". Take for example arn:aws:ssm:eu-west-1:123456789012:parameter/name.',
      'jobs.features.secrets must have no name that the job\'s environment has too. Received "B". Remove one of the two.',
    ],
  ],
  [
    { jobs: { features: { efsMounts: [{ fileSystemArn: "fs-1", path: "/tmp" }] } } },
    [
      'jobs.features.efsMounts[0].path must be an absolute path without a colon, and neither / nor /tmp. Received "/tmp". Take for example /assets.',
      'jobs.features.efsMounts[0].fileSystemArn must be the ARN of an EFS file system. Received "fs-1". Take for example arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0.',
    ],
  ],
  [
    { jobs: { features: { scratchGiB: 20, userId: -1, vcpus: 1.5 } } },
    [
      "jobs.features.vcpus must be a whole number from 1 to 256, or on Fargate and EKS 0.25 or 0.5. Received 1.5. 2 is the default.",
      "jobs.features.scratchGiB must be a whole number from 21 to 200. Received 20. 40 is the default.",
      "jobs.features.userId must be a whole number from 0 to 65,535. Received -1. Leave it out for the worker's own.",
    ],
  ],
  [
    { network: { vpc: { cidrBlock: "10.0.0.0/8", natGateways: "two" } } },
    [
      'network.vpc.cidrBlock must be an IPv4 range from /16 to /24. Received "10.0.0.0/8". Take for example 10.0.0.0/16.',
      'network.vpc.natGateways must be one of none, single, per-zone. Received "two". Leave it out for single.',
    ],
  ],
  [
    { network: { vpc: { natGateways: "none" }, enablePublicAddresses: true } },
    [
      'network.vpc.natGateways must not be none without network.vpc.enableInterfaceEndpoints. Received "none". Machines in private subnets would reach nothing: take single, or enable the endpoints.',
      "network.enablePublicAddresses must not be given as true together with network.vpc. Received true. Machines are in private subnets, where a public address leads nowhere.",
    ],
  ],
  [
    { network: { subnetIds: ["a"], securityGroupIds: ["b"], vpc: {} } },
    ["network.vpc must not be given together with network.subnetIds. Received {}. Keep one of the two."],
  ],
  [
    { network: { enablePublicAddresses: false } },
    [
      "network.enablePublicAddresses must not be false in the default VPC, whose subnets reach AWS only through public addresses. Received false. Name subnets with a NAT gateway or endpoints, or let a VPC be made with network.vpc.",
    ],
  ],
  [
    { renditions: [{ name: "r", height: 720, encoder: "x264" }] },
    ['renditions[0].encoder must be one of software, nvenc. Received "x264". Leave it out for software.'],
  ],
];

describe("the validation of machines, queues, containers and networks", () => refuses(CASES));
