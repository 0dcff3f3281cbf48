import { type Refusal, refuses } from "../refusals";

const own = { image: "alpine", command: ["true"] };

const CASES: Refusal[] = [
  [
    { jobs: { metadata: { ...own, image: undefined }, features: own, transcode: own } },
    [
      "jobs.metadata.image must be given together with jobs.metadata.command. Received nothing. Name the image that has the command.",
    ],
  ],
  [
    { jobs: { metadata: { ...own, command: ["x", "Ref::rendition"] }, features: own, transcode: own } },
    [
      'jobs.metadata.command must refer only to Ref::input, Ref::output. Received "Ref::rendition". Nothing else is known when the job is submitted.',
    ],
  ],
  [
    { jobs: { transcode: { ...own, command: [] } } },
    ["jobs.transcode.command must have at least one word. Received []. Leave it out for the worker's command."],
  ],
  [
    { jobs: { metadata: own } },
    ["features", "transcode"].map(
      (key) =>
        `jobs.${key}.command must be given when jobs.metadata.command is: the worker follows a plan that only its own metadata job makes. Received nothing. Give it a command of its own too, or leave the worker's metadata job in place.`,
    ),
  ],
  [
    { jobs: { transcode: own, package: { attempts: 2 } } },
    [
      "jobs.package.command must be given when jobs.transcode.command is: the worker packages only what the worker transcoded. Received nothing. Give a command, or leave jobs.package out.",
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
      "jobs.features.attempts must be a whole number from 1 to 10. Received 11. 3 is the default.",
      "jobs.features.attemptTimeoutSeconds must be a whole number from 60 to 1,209,600. Received 59. Batch ends no attempt before 60 seconds; 3600 is the default.",
      "jobs.features.vcpus must not be above 4, the most vCPUs of an environment of queue low. Received 5. The job would wait for ever: lower it, or raise maxVcpus of the environment.",
    ],
  ],
  [
    { jobDefaults: { attempts: 0, attemptTimeoutSeconds: 1_209_601 } },
    [
      "jobDefaults.attempts must be a whole number from 1 to 10. Received 0. 3 is the default.",
      "jobDefaults.attemptTimeoutSeconds must be a whole number from 60 to 1,209,600. Received 1209601. Batch ends no attempt before 60 seconds; 3600 is the default.",
    ],
  ],
  [
    { jobs: { features: { environment: { AWS_BATCH_X: "1", VIDEO_BATCH_LADDER: "{}", FINE: "1" } } } },
    ["AWS_BATCH_X", "VIDEO_BATCH_LADDER"].map(
      (name) =>
        `jobs.features.environment must have no name that begins with AWS_BATCH or is VIDEO_BATCH_LADDER. Received "${name}". Batch and the pipeline set these themselves: choose another name.`,
    ),
  ],
  [
    { jobs: { features: { environment: { LONG: "x".repeat(24_000) } } } },
    [
      "jobs.features must make a job definition of at most 24,576 bytes, which is what Batch allows. Received 26416. Shorten the command, the environment or, for the metadata job, the list of renditions.",
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
      'jobs.features.image must be the URI of a container image, with at most 255 characters. Received "team/ours latest". Take for example public.ecr.aws/docker/library/alpine:3.22, without https:// and without spaces.',
      'jobs.features.secrets must have the ARNs of secrets or parameters as values. Received "A". Take for example arn:aws:ssm:eu-west-1:123456789012:parameter/name.',
      'jobs.features.efsMounts[0].accessPointId must be the id of an EFS access point. Received "arn:fsap-1". Take for example fsap-0123456789abcdef0.',
      'jobs.features.roleArn must be the ARN of an IAM role. Received "arn:aws:iam::123456789012:user/jobs". Take for example arn:aws:iam::123456789012:role/jobs.',
    ],
  ],
];

describe("the checks of jobs", () => refuses(CASES));
