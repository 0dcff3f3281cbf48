import { type Refusal, refuses } from "../refusals";

const own = { image: "alpine", command: ["true"] };

const CASES: Refusal[] = [
  [
    { jobs: { metadata: { ...own, image: undefined }, features: own, transcode: own } },
    [
      "jobs.metadata.image must be given together with jobs.metadata.command. Received nothing. Name the image that contains the command.",
    ],
  ],
  [
    { jobs: { metadata: { ...own, command: ["x", "Ref::rendition"] }, features: own, transcode: own } },
    [
      'jobs.metadata.command must refer only to Ref::input, Ref::output. Received "Ref::rendition". Submitting the job sets no other parameters.',
    ],
  ],
  [
    { jobs: { transcode: { ...own, command: [] } } },
    ["jobs.transcode.command must have at least one word. Received []. Omit it to use the worker's command."],
  ],
  [
    { jobs: { metadata: own } },
    ["features", "transcode"].map(
      (key) =>
        `jobs.${key}.command must be given together with jobs.metadata.command: the worker follows a plan, which only its own metadata job writes. Received nothing. Give this job its own command too, or remove jobs.metadata.command.`,
    ),
  ],
  [
    { jobs: { transcode: own, package: { attempts: 2 } } },
    [
      "jobs.package.command must be given together with jobs.transcode.command: the worker packages only what the worker transcoded. Received nothing. Give it a command, or remove jobs.package.",
    ],
  ],
  [
    { jobs: { metadata: { jobDefinitionName: "Job" }, package: { jobDefinitionName: "JOB" } } },
    [
      'jobs.package.jobDefinitionName must differ from jobs.metadata.jobDefinitionName by more than case. Received "JOB". Rename or remove one of them.',
    ],
  ],
  [
    { jobs: { features: { attempts: 11, attemptTimeoutSeconds: 59, vcpus: 5 } } },
    [
      "jobs.features.attempts must be a whole number from 1 to 10. Received 11. The default is 3.",
      "jobs.features.attemptTimeoutSeconds must be a whole number from 60 to 1,209,600. Received 59. Batch's minimum is 60 seconds. The default is 3600.",
      "jobs.features.vcpus must not exceed 4, the largest maxVcpus among the environments of queue low. Received 5. The job would wait forever: lower it, or raise the environment's maxVcpus.",
    ],
  ],
  [
    { jobDefaults: { attempts: 0, attemptTimeoutSeconds: 1_209_601 } },
    [
      "jobDefaults.attempts must be a whole number from 1 to 10. Received 0. The default is 3.",
      "jobDefaults.attemptTimeoutSeconds must be a whole number from 60 to 1,209,600. Received 1209601. Batch's minimum is 60 seconds. The default is 3600.",
    ],
  ],
  [
    { jobs: { features: { environment: { AWS_BATCH_X: "1", VIDEO_BATCH_LADDER: "{}", FINE: "1" } } } },
    ["AWS_BATCH_X", "VIDEO_BATCH_LADDER"].map(
      (name) =>
        `jobs.features.environment must not contain VIDEO_BATCH_LADDER or names that begin with AWS_BATCH. Received "${name}". The pipeline and Batch set these: choose another name.`,
    ),
  ],
  [
    { jobs: { features: { environment: { LONG: "x".repeat(24_000) } } } },
    [
      "jobs.features must result in a job definition of at most 24,576 bytes, which is Batch's limit. Received 26416. Shorten the command, the environment or, for the metadata job, the list of renditions.",
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
      "jobs.features.exitRules must have at most 5 entries, which is Batch's limit. Received 6. Put the RETRY rules first, and end with EXIT on the reason *.",
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
      'jobs.features.exitRules[0].action must be one of RETRY, EXIT. Received "AGAIN". Use RETRY or EXIT.',
      'jobs.features.exitRules[0].onExitCode must be digits, and may end with *. Received "x". Use a value such as 13*.',
      'jobs.features.exitRules[1] must have a condition. Received {"action":"EXIT"}. Add onExitCode, onReason or onStatusReason. The value * matches anything.',
      'jobs.features.exitRules[2].onReason must be 1 to 512 letters, digits, spaces, dots or colons, and may end with *. Received "a*b". Use a value such as CannotPullContainerError:*.',
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
      'jobs.features.secrets must not contain VIDEO_BATCH_LADDER or names that begin with AWS_BATCH. Received "AWS_BATCH_X". The pipeline and Batch set these: choose another name.',
      'jobs.features.secrets must have ARNs of secrets or parameters as values. Received "A". Use an ARN such as arn:aws:ssm:eu-west-1:123456789012:parameter/name.',
      'jobs.features.secrets must have no name that is also in the job\'s environment. Received "B". Remove one of them.',
    ],
  ],
  [
    { jobs: { features: { efsMounts: [{ fileSystemArn: "fs-1", path: "/tmp" }] } } },
    [
      'jobs.features.efsMounts[0].path must be an absolute path without a colon, other than / and /tmp. Received "/tmp". Use a path such as /assets.',
      'jobs.features.efsMounts[0].fileSystemArn must be the ARN of an EFS file system. Received "fs-1". Use an ARN such as arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0.',
    ],
  ],
  [
    { jobs: { features: { scratchGiB: 20, userId: -1, vcpus: 1.5 } } },
    [
      "jobs.features.vcpus must be a whole number from 1 to 256, or 0.25 or 0.5 on Fargate and EKS. Received 1.5. The default is 2.",
      "jobs.features.scratchGiB must be a whole number from 21 to 200. Received 20. The default is 40.",
      "jobs.features.userId must be a whole number from 0 to 65,535. Received -1. Omit it to use the default user.",
    ],
  ],
  [
    {
      jobs: {
        features: {
          ...{ image: "team/ours latest", command: ["true"], roleArn: "arn:aws:iam::123456789012:user/jobs" },
          secrets: {
            A: "arn:aws:secretsmanager:us-east-1:123456789012:parameter/a",
            B: "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:b-AbCdEf:key::",
            toString: "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a/b",
          },
          efsMounts: [
            {
              ...{ path: "/models", accessPointId: "arn:fsap-1" },
              fileSystemArn: "arn:aws-iso:elasticfilesystem:us-iso-east-1:123456789012:file-system/fs-0123",
            },
          ],
        },
      },
    },
    [
      'jobs.features.image must be the URI of a container image, with at most 255 characters. Received "team/ours latest". Use a URI such as public.ecr.aws/docker/library/alpine:3.22, without https:// and without spaces.',
      'jobs.features.secrets must have ARNs of secrets or parameters as values. Received "A". Use an ARN such as arn:aws:ssm:eu-west-1:123456789012:parameter/name.',
      'jobs.features.efsMounts[0].accessPointId must be the ID of an EFS access point. Received "arn:fsap-1". Use an ID such as fsap-0123456789abcdef0.',
      'jobs.features.roleArn must be the ARN of an IAM role. Received "arn:aws:iam::123456789012:user/jobs". Use an ARN such as arn:aws:iam::123456789012:role/jobs.',
    ],
  ],
];

describe("the checks of jobs", () => refuses(CASES));
