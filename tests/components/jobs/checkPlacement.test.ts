import { type Refusal, refuses } from "../refusals";

const REMEDY = "The job would wait forever: lower it, or add a larger instance type.";
const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/m",
  ...{ namespace: "video", instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes" },
};

/** Jobs that no environment of their queue can run. */
const CASES: Refusal[] = [
  [
    {
      computeEnvironments: [{ name: "a", type: "FARGATE" }],
      renditions: [{ name: "r", height: 720, encoder: "nvenc", vcpus: 3, memoryMiB: 5000 }],
    },
    [
      'renditions[0].encoder must not request GPUs on queue high, which is on Fargate. Received "nvenc". Fargate has no GPUs: use an environment of EC2 instances such as g6.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a", type: "FARGATE" }],
      jobs: { features: { memoryMiB: 5000 }, metadata: { vcpus: 3 } },
    },
    [
      "jobs.metadata.vcpus must be one of 0.25, 0.5, 1, 2, 4, 8, 16 on queue high, which is on Fargate. Received 3. Fargate has no other sizes.",
      "jobs.features.memoryMiB must be a memory size that Fargate has for 2 vCPUs on queue low: 4096 to 16384 in steps of 1024. Received 5000. Choose one of these sizes, or change vcpus.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "FARGATE" }], jobs: { metadata: { vcpus: 0.25, memoryMiB: 4096 } } },
    [
      "jobs.metadata.memoryMiB must be a memory size that Fargate has for 0.25 vCPUs on queue high: 512, 1024, 2048. Received 4096. Choose one of these sizes, or change vcpus.",
    ],
  ],
  [
    { jobs: { features: { gpus: 1, vcpus: 0.5 } } },
    [
      "jobs.features.vcpus must be a whole number on queue low, which is on EC2 instances. Received 0.5. ECS allocates whole vCPUs on instances: use a number such as 1.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i.large"] }], renditions: [{ name: "r", height: 2160 }] },
    [
      `renditions[0].memoryMiB must be at most 3,952, the memory that jobs can use on the instances of queue high: c7i.large. Received 4096. ${REMEDY}`,
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["c7i.large"] }], jobs: { features: { vcpus: 4 } } },
    [
      `jobs.features.vcpus must be at most 2, the vCPUs that jobs can use on the instances of queue low: c7i.large. Received 4. ${REMEDY}`,
      `jobs.transcode.memoryMiB must be at most 3,952, the memory that jobs can use on the instances of queue high: c7i.large. Received 4096. ${REMEDY}`,
    ],
  ],
  // Batch's own example: 7,985 MiB of an m4.large are there, and 32 of them reserved.
  [
    { computeEnvironments: [{ name: "a", instanceTypes: ["m4.large"] }], jobs: { features: { memoryMiB: 7985 } } },
    [
      `jobs.features.memoryMiB must be at most 7,984, the memory that jobs can use on the instances of queue low: m4.large. Received 7985. ${REMEDY}`,
    ],
  ],
  // A whole family has its largest size.
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["c6g", "t4g"], maxVcpus: 256 }],
      jobs: { features: { vcpus: 65 }, metadata: { memoryMiB: 131_072 } },
    },
    [
      `jobs.metadata.memoryMiB must be at most 128,944, the memory that jobs can use on the instances of queue high: c6g, t4g. Received 131072. ${REMEDY}`,
      `jobs.features.vcpus must be at most 64, the vCPUs that jobs can use on the instances of queue low: c6g, t4g. Received 65. ${REMEDY}`,
    ],
  ],
  // One of them is not known, and may be large enough.
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["c6g.large", "c99g"], maxVcpus: 256 }],
      jobs: { features: { vcpus: 256, memoryMiB: 1_000_000 } },
    },
    [],
  ],
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["g6.xlarge", "g6.16xlarge"], maxVcpus: 64 }],
      jobs: { features: { gpus: 2 } },
    },
    [
      `jobs.features.gpus must be at most 1, the GPUs of the instances with 2 vCPUs of queue low: g6.xlarge, g6.16xlarge. Received 2. ${REMEDY}`,
    ],
  ],
  // 4 GPUs come with 48, 96 or 192 vCPUs, and 8 with 192.
  [{ computeEnvironments: [{ name: "a", instanceTypes: ["g5"], maxVcpus: 192 }], jobs: { features: { gpus: 8 } } }, []],
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["g5"], maxVcpus: 192 }],
      jobs: { features: { gpus: 9, memoryMiB: 800_000 } },
    },
    [
      `jobs.features.gpus must be at most 8, the GPUs of the instances with 2 vCPUs of queue low: g5. Received 9. ${REMEDY}`,
    ],
  ],
  // The kubelet keeps some of every vCPU.
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["m7i.large"], eks: EKS }],
      network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      jobs: { features: { vcpus: 0.5 }, metadata: { vcpus: 1 }, package: { vcpus: 1 }, transcode: { vcpus: 1 } },
    },
    [],
  ],
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["m7i.large"], eks: EKS }],
      network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      jobs: { metadata: { vcpus: 1 }, package: { vcpus: 1 }, transcode: { vcpus: 1, memoryMiB: 7800 } },
    },
    [
      `jobs.features.vcpus must be at most 1.93, the vCPUs that jobs can use on the instances of queue low: m7i.large. Received 2. ${REMEDY}`,
      `jobs.transcode.memoryMiB must be at most 7,661, the memory that jobs can use on the instances of queue high: m7i.large. Received 7800. ${REMEDY}`,
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", diskGiB: 30 }], renditions: [{ name: "r", height: 720 }] },
    [
      "jobs.metadata.scratchGiB must be below computeEnvironments[0].diskGiB, which is 30. Received 40. The volume is on the instance's disk: lower this, or raise diskGiB.",
      "jobs.features.scratchGiB must be below computeEnvironments[0].diskGiB, which is 30. Received 40. The volume is on the instance's disk: lower this, or raise diskGiB.",
      "jobs.transcode.scratchGiB must be below computeEnvironments[0].diskGiB, which is 30. Received 40. The volume is on the instance's disk: lower this, or raise diskGiB.",
      "jobs.package.scratchGiB must be below computeEnvironments[0].diskGiB, which is 30. Received 40. The volume is on the instance's disk: lower this, or raise diskGiB.",
    ],
  ],
];

describe("the validation of where jobs fit", () => refuses(CASES));
