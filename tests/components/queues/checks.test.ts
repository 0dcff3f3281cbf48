import { type Refusal, refuses } from "../refusals";

const high = { name: "high", priority: 1 };

const CASES: Refusal[] = [
  [{ queues: [] }, ["queues must have at least one entry. Received []. Omit it to use the queues high and low."]],
  [
    { queues: [high, { name: "low", priority: -3 }] },
    [
      "queues[1].priority must be a whole number from 0 to 1,000. Received -3. Queues with higher numbers are served first.",
    ],
  ],
  [
    { queues: [{ name: "high" } as typeof high] },
    [
      "queues[0].priority must be given. Received nothing. Priority of the queue, 0 to 1,000: compute environments serve queues with higher numbers first.",
    ],
  ],
  [
    { queues: [high, { ...high, name: "High", jobQueueName: "has space" }] },
    [
      'queues[1].jobQueueName must be 1 to 128 letters, digits, hyphens or underscores, and begin with a letter or digit. Received "has space". Choose a name such as 1080p or my-queue.',
      'queues[1].name must differ from queues[0].name by more than case. Received "High". Rename or remove one of them.',
    ],
  ],
  [
    { queues: Array.from({ length: 51 }, (_, index) => ({ name: `q${index}`, priority: 1 })) },
    ["queues must have at most 50 entries, which is Batch's limit. Received 51. Let several parts share a queue."],
  ],
  [
    { parts: [] },
    ["parts must have at least one entry. Received []. Omit it to use an opening of 10 seconds and the rest."],
  ],
  [
    { parts: [{ queue: "fast" }] },
    ['parts[0].queue must be the name of a queue: high, low. Received "fast". Correct it, or add the queue to queues.'],
  ],
  [
    { parts: [{ queue: "high" }, { queue: "low", seconds: 0 }] },
    [
      "parts[0].seconds must be given on every part but the last. Received nothing. Set the part's length.",
      "parts[1].seconds must not be given on the last part, which is the rest of the video. Received 0. Remove it, or add a part for the rest.",
      "parts[1].seconds must be a whole number from 1 to 86,400. Received 0. An opening of 10 seconds is usual.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a" }, { name: "b", type: "FARGATE" }] },
    [
      'queues must have one platform and architecture. Received ["a (ec2)","b (fargate)"]. Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: add a queue for each.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a" }, { name: "b", architecture: "arm64" }],
      queues: [{ name: "q", priority: 1 }],
    },
    [
      'queues[0].environments must have one platform and architecture. Received ["a (ec2)","b (ec2-arm64)"]. Batch mixes neither EC2, Fargate and EKS nor x86 and ARM in a queue: add a queue for each.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a" }, { name: "b" }, { name: "c" }, { name: "d" }],
      queues: [{ name: "q", priority: 1 }],
    },
    [
      'queues[0].environments must have at most 3 environments, including On-Demand fallbacks. Received ["a","b","c","d"]. This is Batch\'s limit for a queue: name only the environments that this queue uses.',
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
    ["queues[0].environments must have at least one entry. Received []. Omit it to use all environments."],
  ],
  [
    { queues: [{ name: "q", priority: 1, environments: ["compute", "compute"] }] },
    [
      'queues[0].environments must name each environment only once. Received ["compute","compute"]. Remove the repetition.',
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, capacityWaitSeconds: 599, misfitWaitSeconds: 86401 }] },
    [
      "queues[0].capacityWaitSeconds must be a whole number from 600 to 86,400. Received 599. Omit it to use workflow.queueWaitSeconds.",
      "queues[0].misfitWaitSeconds must be a whole number from 600 to 86,400. Received 86401. Omit it to use 600.",
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, enableWaitLimits: false, capacityWaitSeconds: 600 }] },
    [
      "queues[0].capacityWaitSeconds must not be given while queues[0].enableWaitLimits is false. Received 600. Remove one of them.",
    ],
  ],
  [
    { queues: [{ name: "q", priority: 1, fairShare: {} }] },
    [
      "queues[0].fairShare.defaultShare must be given. Received nothing. The share of executions that name none: 1 to 255 letters and digits.",
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
      "queues[0].fairShare.shares[0].weight must be a number from 0.0001 to 999.9999. Received 0. A lower weight gets more vCPUs.",
      'queues[0].fairShare.shares[1].identifier must not overlap with queues[0].fairShare.shares[0].identifier, which is a*. Received "ab". Batch allows one weight for each share: remove one of them.',
    ],
  ],
];

describe("the checks of queues and parts", () => refuses(CASES));
