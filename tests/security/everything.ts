import type { VideoBatchPipelineArgs } from "../../index";
import { IMAGE } from "../support/pipeline";

const ACCOUNT = "123456789012";
const PLACE = `us-east-1:${ACCOUNT}`;
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** Everything that can be switched on, made by the pipeline, on EC2 and on Fargate. */
export const EVERYTHING: VideoBatchPipelineArgs = {
  image: IMAGE,
  preset: "fast",
  jobDefaults: { attempts: 4, attemptTimeoutSeconds: 1200 },
  renditions: [
    { name: "1080p", height: 1080, codec: "hevc", bitDepth: 10, dynamicRange: "source", crf: 24, maxBitrateKbps: 6000 },
    {
      name: "480p",
      height: 480,
      preset: "medium",
      bitrateKbps: 900,
      vcpus: 1,
      memoryMiB: 2048,
      attemptTimeoutSeconds: 900,
    },
  ],
  audio: { bitrateKbps: 160, channels: 2, maxTracks: 4 },
  ...{ chunkSeconds: 60, segmentSeconds: 6, gopSeconds: 2, maxDurationSeconds: 7200, maxDamagedShare: 0.05 },
  ...{ enableDash: true, enableSharedDecoding: true },
  computeEnvironments: [
    {
      ...{ name: "bulk", type: "SPOT", onDemandFallback: true, minVcpus: 2, desiredVcpus: 2, maxVcpus: 64 },
      ...{ instanceTypes: ["c7i", "m7i"], allocationStrategy: "SPOT_CAPACITY_OPTIMIZED", maxSpotPricePercent: 80 },
      ...{ diskGiB: 120, userData: "#!/bin/sh\ntrue\n", computeEnvironmentName: "everything-bulk" },
      machineImageId: "ami-0123456789abcdef0",
      ...{ updatePolicy: { terminateJobs: true, jobTimeoutMinutes: 10 }, tags: { team: "video" } },
    },
    { name: "urgent", type: "FARGATE", maxVcpus: 16, architecture: "x86_64" },
    { name: "spare", type: "FARGATE_SPOT", maxVcpus: 16 },
  ],
  queues: [
    { name: "high", priority: 10, environments: ["urgent"], capacityWaitSeconds: 1200, misfitWaitSeconds: 900 },
    { name: "spare", priority: 5, environments: ["spare"], enabled: false, jobQueueName: "everything-spare" },
    {
      ...{ name: "low", priority: 1, environments: ["bulk"], enableWaitLimits: false },
      fairShare: {
        ...{ defaultShare: "standard", decaySeconds: 600, reservationPercent: 10 },
        shares: [{ identifier: "premium", weight: 0.5 }],
      },
    },
  ],
  parts: [{ queue: "high", seconds: 10 }, { queue: "spare", seconds: 20 }, { queue: "low" }],
  network: {
    vpc: { cidrBlock: "10.1.0.0/16", availabilityZones: 2, natGateways: "single", enableInterfaceEndpoints: true },
  },
  encryption: { enableKey: true },
  storage: {
    ...{ inputBuckets: ["masters"], outputPrefix: "published/", intermediateExpirationDays: 30 },
    ...{ protect: true, retainOnDelete: true, enableVersioning: true, versionExpirationDays: 60 },
  },
  trigger: {
    uploads: { prefixes: ["uploads/"], suffixes: [".mp4"], minimumBytes: 1000 },
    schedules: [{ name: "news", expression: "rate(1 day)", timezone: "Europe/Berlin", input: "s3://masters/news.mp4" }],
    events: {
      busName: "media",
      pattern: { "source": ["our.assets"], "detail-type": ["Asset Delivered"], "detail": { kind: ["video"] } },
      sample: {
        "source": "our.assets",
        "detail-type": "Asset Delivered",
        "detail": { kind: "video", asset: { uri: "s3://masters/talk.mp4" } },
      },
      executionInput: "{ 'input': detail.asset.uri }",
    },
  },
  notifications: { emailAddresses: ["a@example.com"], enableServiceNotices: true },
  events: { enableBus: true },
  monitoring: { enableDashboard: true, enableAlarms: true, enableTracing: true },
  workflow: {
    ...{ timeoutSeconds: 7200, queueWaitSeconds: 3600, partialOutcome: "fail" },
    ...{ continueOnRenditionFailure: true, continueOnFeaturesFailure: true },
  },
  approval: { timeoutSeconds: 3600, defaultAnswer: "approve" },
  logs: { retentionDays: 90 },
  roles: { permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary` },
  tags: { project: "everything" },
  jobs: {
    metadata: { jobDefinitionName: "everything-metadata", attempts: 2, attemptTimeoutSeconds: 600 },
    features: {
      ...{
        image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/scenes:7`,
        command: ["scenes", "Ref::input", "Ref::output"],
      },
      ...{ vcpus: 2, memoryMiB: 4096, scratchGiB: 60, enableWritableRoot: true, userId: 1000, environment: { A: "1" } },
      secrets: {
        KEY: `arn:aws:ssm:${PLACE}:parameter/key`,
        TOKEN: `arn:aws:secretsmanager:${PLACE}:secret:token-AbCdEf:token::`,
      },
      efsMounts: [
        {
          fileSystemArn: `arn:aws:elasticfilesystem:${PLACE}:file-system/fs-1`,
          ...{ path: "/models", accessPointId: "fsap-1", enableWrites: true },
        },
      ],
      exitRules: [
        { action: "RETRY", onStatusReason: "Host EC2*" },
        { action: "EXIT", onExitCode: "2" },
        { action: "EXIT", onReason: "*" },
      ],
    },
  },
};

/** Everything that can be there before, and everything else that then is left to make: on instances with GPUs too. */
export const EVERYTHING_OF_YOURS: VideoBatchPipelineArgs = {
  image: IMAGE,
  computeEnvironments: [
    { name: "cpu", maxVcpus: 16 },
    { name: "gpu", instanceTypes: ["g6.xlarge"], maxVcpus: 16 },
  ],
  queues: [
    { name: "control", priority: 2, environments: ["cpu"] },
    { name: "encode", priority: 1, environments: ["gpu"] },
    { name: "rest", priority: 1, environments: ["cpu"] },
  ],
  parts: [{ queue: "encode" }],
  renditions: [{ name: "1080p", height: 1080, encoder: "nvenc" }],
  jobs: { transcode: { gpus: 1 }, package: { roleArn: role("packaging") } },
  network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"], enablePublicAddresses: true },
  encryption: { kmsKeyArn: `arn:aws:kms:${PLACE}:key/1234abcd` },
  storage: { bucket: "our-videos", inputBuckets: ["our-masters"] },
  trigger: {
    uploads: { buckets: ["our-masters"], prefixes: [""] },
    schedules: [
      {
        ...{ name: "news", expression: "rate(1 day)", input: "s3://our-masters/news.mp4" },
        output: "s3://our-videos/output/news/",
      },
    ],
  },
  notifications: {
    topicArn: `arn:aws:sns:${PLACE}:our-notices`,
    topicKeyArn: `arn:aws:kms:${PLACE}:key/5678efab`,
    subscriptions: [
      { name: "desk", protocol: "email", endpoint: "desk@example.com", statuses: ["FAILED", "SERVICE"] },
      { name: "catalogue", protocol: "sqs", endpoint: `arn:aws:sqs:${PLACE}:catalogue` },
      { name: "hook", protocol: "https", endpoint: "https://example.com/hook" },
    ],
  },
  events: { busName: `arn:aws:events:us-east-1:210987654321:event-bus/theirs` },
  monitoring: {},
  approval: { defaultAnswer: "reject" },
  roles: {
    instanceProfileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/machines`,
    executionRoleArn: role("starts-jobs"),
  },
};

/** Next to nothing, with a key: its policy then has next to no statements. */
export const KEY_ON_FARGATE: VideoBatchPipelineArgs = {
  image: { baseImage: "public.ecr.aws/docker/library/node:24.19.0-trixie-slim", rebuild: "2026-11-29" },
  computeEnvironments: [{ name: "compute", type: "FARGATE", architecture: "arm64", maxVcpus: 16 }],
  encryption: { enableKey: true },
};

/** Everything on EKS, with roles that exist for the rest, and a bucket that goes with its stack. */
export const EVERYTHING_ON_EKS: VideoBatchPipelineArgs = {
  image: IMAGE,
  computeEnvironments: [
    {
      ...{ name: "nodes", maxVcpus: 16, instanceTypes: ["c7i"] },
      eks: {
        ...{ clusterArn: `arn:aws:eks:${PLACE}:cluster/media`, namespace: "video", serviceAccountName: "worker" },
        instanceProfileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/nodes`,
      },
    },
  ],
  network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  encryption: { enableKey: true },
  storage: { forceDestroy: true },
  trigger: {
    events: {
      pattern: { source: ["our.uploads"] },
      sample: {
        "source": "our.uploads",
        "detail-type": "Video Uploaded",
        "detail": { input: "s3://videos-bucket/talk.mp4" },
      },
    },
  },
  events: {},
  monitoring: { enableAlarms: false },
  roles: { stateMachineRoleArn: role("state-machines"), jobRoleArn: role("jobs") },
  jobs: {
    features: {
      pod: {
        serviceAccountName: "scene-finder",
        secretMounts: [{ secretName: "keys", path: "/keys", optional: true }],
        claimMounts: [{ claimName: "models", path: "/models", enableWrites: true }],
      },
    },
  },
};
