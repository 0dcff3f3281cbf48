import { type Refusal, refuses } from "../refusals";

const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/m",
  ...{ namespace: "video", instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes" },
};
const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const pods = { computeEnvironments: [{ name: "pods", eks: EKS }], network };
/** Metadata runs on the first queue, on machines; features on the last, in pods; renditions on both. */
const both = {
  computeEnvironments: [{ name: "machines" }, { name: "pods", eks: EKS }],
  queues: [
    { name: "high", priority: 10, environments: ["machines"] },
    { name: "low", priority: 1, environments: ["pods"] },
  ],
  network,
};
const ROLE = "arn:aws:iam::123456789012:role/a";
const PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/a";
const FILES = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123";

/** Environments on EKS, and what their pods can have. */
const CASES: Refusal[] = [
  [
    {
      computeEnvironments: [{ name: "a", eks: { ...EKS, namespace: "kube-system", serviceAccountName: "A" } }],
      network,
    },
    [
      'computeEnvironments[0].eks.namespace must be 1 to 63 lower-case letters, digits or hyphens, must not begin or end with a hyphen or begin with kube-, and must not be default. Received "kube-system". Create a namespace for Batch, for example video-batch.',
      'computeEnvironments[0].eks.serviceAccountName must be 1 to 253 lower-case letters, digits, hyphens or dots, and begin and end with a letter or digit. Received "A". Use its name in Kubernetes, for example video-worker.',
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", eks: EKS }] },
    [
      "network.subnetIds must be given when an environment is on EKS. Received nothing. Nodes run in the cluster's VPC: name its subnets and security groups.",
    ],
  ],
  [
    {
      computeEnvironments: [
        { name: "a", eks: { ...EKS, serviceAccountName: "one" } },
        { name: "b", eks: EKS },
      ],
      network,
    },
    [
      "computeEnvironments[1].eks.serviceAccountName must be the one of computeEnvironments[0], because a job definition has only one. Received nothing. Use one service account for all namespaces.",
    ],
  ],
  [
    { ...pods, renditions: [{ name: "eks", height: 720 }] },
    [
      'renditions[0].name must not begin with a platform that the queues use: eks. Received "eks". Two job definitions would have the same name: choose another.',
    ],
  ],
  [
    {
      ...pods,
      jobs: {
        metadata: { secrets: { A: PARAMETER } },
        features: { efsMounts: [{ fileSystemArn: FILES, path: "/a" }] },
        // What a pod has instead doesn't make it possible.
        package: { roleArn: ROLE, pod: { serviceAccountName: "packager" } },
      },
    },
    [
      "jobs.metadata.secrets must not be given on EKS. Received an object. Batch can't set a pod's variables from secrets: mount a Kubernetes secret with jobs.metadata.pod.secretMounts.",
      `jobs.features.efsMounts must not be given on EKS. Received [{"fileSystemArn":"${FILES}","path":"/a"}]. Mount the file system's persistent volume claim with jobs.features.pod.claimMounts.`,
      'jobs.package.roleArn must not be given on EKS. Received "…". Name the service account that has the role in jobs.package.pod.serviceAccountName.',
    ],
  ],
  [
    { ...both, jobs: { metadata: { roleArn: ROLE }, features: { roleArn: ROLE }, transcode: { roleArn: ROLE } } },
    [
      'jobs.features.roleArn must not be given on EKS. Received "…". Name the service account that has the role in jobs.features.pod.serviceAccountName.',
      'jobs.transcode.roleArn must not be given on EKS without jobs.transcode.pod.serviceAccountName. Received "…". Name the service account that has the role in jobs.transcode.pod.serviceAccountName.',
    ],
  ],
  // On machines the one holds, and in pods the other.
  [{ ...both, jobs: { transcode: { roleArn: ROLE, pod: { serviceAccountName: "transcoder" } } } }, []],
  [
    { ...both, jobs: { metadata: { pod: { serviceAccountName: "reader" } } } },
    [
      'jobs.metadata.pod must not be given for a job that doesn\'t run in pods. Received ["serviceAccountName"]. Use secrets, efsMounts and roleArn, or run the job on a queue with an environment on EKS.',
    ],
  ],
  [
    {
      ...pods,
      jobs: {
        features: {
          pod: {
            serviceAccountName: "-a",
            secretMounts: [
              { secretName: "A", path: "/tmp" },
              { secretName: "a", path: "/keys" },
            ],
            claimMounts: [{ claimName: "", path: "/keys" }],
          },
        },
      },
    },
    [
      'jobs.features.pod.serviceAccountName must be 1 to 253 lower-case letters, digits, hyphens or dots, and begin and end with a letter or digit. Received "-a". Use its name in Kubernetes, for example video-worker.',
      'jobs.features.pod.secretMounts[0].secretName must be 1 to 253 lower-case letters, digits, hyphens or dots, and begin and end with a letter or digit. Received "A". Use its name in Kubernetes, for example video-worker.',
      'jobs.features.pod.secretMounts[0].path must be an absolute path without a colon, other than / and /tmp. Received "/tmp". Use a path such as /assets.',
      'jobs.features.pod.claimMounts[0].claimName must be 1 to 253 lower-case letters, digits, hyphens or dots, and begin and end with a letter or digit. Received "". Use its name in Kubernetes, for example video-worker.',
      'jobs.features.pod.claimMounts[0].path must differ from the paths of earlier mounts. Received "/keys". Choose another path.',
    ],
  ],
  [
    {
      computeEnvironments: [{ name: "a", eks: { ...EKS, clusterArn: "media", instanceProfileArn: ROLE } }],
      network,
    },
    [
      'computeEnvironments[0].eks.clusterArn must be the ARN of an EKS cluster. Received "media". Use an ARN such as arn:aws:eks:eu-west-1:123456789012:cluster/media.',
      'computeEnvironments[0].eks.instanceProfileArn must be the ARN of an IAM instance profile. Received "arn:aws:iam::123456789012:role/a". Use an ARN such as arn:aws:iam::123456789012:instance-profile/nodes.',
    ],
  ],
  ...["aws-cn", "aws-us-gov", "aws-iso-b", "aws-eusc"].map((partition): Refusal => [
    {
      computeEnvironments: [
        {
          name: "a",
          eks: {
            ...{ clusterArn: `arn:${partition}:eks:any-region-1:123456789012:cluster/m`, namespace: "video" },
            instanceProfileArn: `arn:${partition}:iam::123456789012:instance-profile/path/nodes`,
          },
        },
      ],
      network,
    },
    [],
  ]),
  [
    {
      computeEnvironments: [
        { name: "intel", eks: EKS, architecture: "x86_64" },
        { name: "graviton", eks: EKS, architecture: "arm64" },
      ],
      queues: [
        { name: "high", priority: 10, environments: ["intel"] },
        { name: "low", priority: 1, environments: ["graviton"] },
      ],
      renditions: [
        { name: "720p", height: 720 },
        { name: "arm64-720p", height: 720 },
      ],
      network,
    },
    [
      'renditions[1].name must not begin with a platform that the queues use: eks, eks-arm64, arm64. Received "arm64-720p". Two job definitions would have the same name: choose another.',
    ],
  ],
];

describe("the validation of EKS", () => refuses(CASES));
