import type * as pulumi from "@pulumi/pulumi";

import type { JobArgs } from "./args/jobs";
import type { RenditionArgs } from "./args/media";
import type { PartArgs } from "./args/queues";
import type { VideoBatchPipelineArgs } from "./args/videoBatchPipeline";
import type { Ladder, LadderRendition } from "./workflow/plan";
import type {
  JobKey,
  JobParameter,
  JobResources,
  WorkflowJob,
  WorkflowPart,
  WorkflowRendition,
  WorkflowSettings,
} from "./workflow/settings";

/** The arguments with every default filled in: the one value that all resources and the workflow are made from. */
export interface Pipeline extends WorkflowSettings {
  renditions: Rendition[];
  queues: Queue[];
  parts: Part[];
  compute: Compute;
  jobs: Jobs;
  /** An existing image of the worker. Without one it is built, if a job uses it. */
  imageUri?: pulumi.Input<string>;
  /** Absent when no job reads or writes videos. */
  storage?: Storage;
  notifications: { topicArn?: pulumi.Input<string>; emailAddresses: pulumi.Input<string>[] };
  logRetentionDays: number;
  ladder: Ladder;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export type Rendition = LadderRendition & WorkflowRendition;

export interface Queue {
  name: string;
  priority: number;
  jobQueueName?: string;
}

export interface Part extends WorkflowPart {
  seconds?: number;
}

export interface Compute {
  minVcpus: number;
  desiredVcpus: number;
  maxVcpus: number;
  instanceTypes: pulumi.Input<pulumi.Input<string>[]>;
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  computeEnvironmentName?: string;
}

export interface Jobs {
  metadata: Job;
  features: Job;
  transcode: Job;
  package?: Job;
}

export interface Job extends WorkflowJob, JobResources {
  /** True when the worker runs, from its own image or from one derived from it. */
  worker: boolean;
  /** Absent on jobs that run in the worker's image. */
  image?: pulumi.Input<string>;
  command: string[];
  environment: Record<string, pulumi.Input<string>>;
  attempts: number;
  attemptTimeoutSeconds: number;
  jobDefinitionName?: string;
}

export interface Storage {
  /** An existing bucket. Without one it is made. */
  bucket?: pulumi.Input<string>;
  inputBuckets: pulumi.Input<string>[];
  intermediateExpirationDays: number;
  protect: boolean;
  forceDestroy: boolean;
}

/**
 * What an encode of a height needs and what a good one takes. Heights between two rows take the larger one's, so that no
 * encode gets too little memory; heights above the last take the last's.
 */
const BY_HEIGHT: [SizeDefaults, ...SizeDefaults[]] = [
  { height: 4320, memoryMiB: 12288, crf: 22, maxBitrateKbps: 40000 },
  { height: 2160, memoryMiB: 4096, crf: 22, maxBitrateKbps: 16000 },
  { height: 1440, memoryMiB: 3072, crf: 22, maxBitrateKbps: 9000 },
  { height: 1080, memoryMiB: 2048, crf: 22, maxBitrateKbps: 6000 },
  { height: 720, memoryMiB: 1024, crf: 22, maxBitrateKbps: 3500 },
  { height: 480, memoryMiB: 1024, crf: 23, maxBitrateKbps: 1800 },
  { height: 360, memoryMiB: 1024, crf: 23, maxBitrateKbps: 900 },
];

interface SizeDefaults {
  height: number;
  memoryMiB: number;
  crf: number;
  maxBitrateKbps: number;
}

const DEFAULT_RENDITIONS: RenditionArgs[] = [
  { name: "4k", height: 2160 },
  { name: "1080p", height: 1080 },
  { name: "720p", height: 720 },
  { name: "480p", height: 480 },
];

const DEFAULT_QUEUES: Queue[] = [
  { name: "high", priority: 10 },
  { name: "low", priority: 1 },
];

const DEFAULT_RESOURCES: JobResources = { vcpus: 2, memoryMiB: 1024 };

/** Seconds kept back from a step's time, so that the notice of its failure is sent before the whole execution ends. */
const SECONDS_FOR_NOTICE = 60;

const WORKER_COMMANDS: Record<JobKey, string[]> = {
  metadata: ["worker", "metadata", "--input", "Ref::input", "--output", "Ref::output"],
  features: ["worker", "features", "--input", "Ref::input", "--output", "Ref::output"],
  transcode: [
    ...["worker", "transcode", "--input", "Ref::input", "--output", "Ref::output"],
    ...["--rendition", "Ref::rendition", "--part", "Ref::part"],
  ],
  package: ["worker", "package", "--input", "Ref::input", "--output", "Ref::output"],
};

/** Never fails, whatever the arguments: the validation looks at its result to tell what is wrong with them. */
export function normalise(name: string, args: VideoBatchPipelineArgs): Pipeline {
  const queues = args.queues ?? DEFAULT_QUEUES;
  const firstQueue = queues.at(0)?.name ?? "";
  const lastQueue = queues.at(-1)?.name ?? "";
  const parts = args.parts ?? [{ queue: firstQueue, seconds: 10 }, { queue: lastQueue }];
  const timeoutSeconds = args.workflow?.timeoutSeconds ?? 3600;
  const jobs = jobsOf(args, timeoutSeconds);
  const renditions = (args.renditions ?? DEFAULT_RENDITIONS).map((rendition) =>
    renditionOf(rendition, args.jobs?.transcode ?? {}),
  );
  return {
    name,
    renditions,
    queues,
    parts,
    firstQueue,
    lastQueue,
    compute: computeOf(args),
    jobs,
    followsPlan: jobs.transcode.worker,
    imageUri: args.image?.uri,
    storage: storageOf(args, jobs),
    outputPrefix: args.storage?.outputPrefix ?? "output/",
    notifications: {
      topicArn: args.notifications?.topicArn,
      emailAddresses: args.notifications?.emailAddresses ?? [],
    },
    timeoutSeconds,
    logRetentionDays: args.logs?.retentionDays ?? 30,
    ladder: ladderOf(args, renditions, parts),
    tags: args.tags,
  };
}

/** The jobs there are, with their keys. */
export function entriesOf(jobs: Jobs): [JobKey, Job][] {
  const keys: JobKey[] = ["metadata", "features", "transcode", "package"];
  return keys.flatMap((key): [JobKey, Job][] => {
    const job = jobs[key];
    return job ? [[key, job]] : [];
  });
}

function renditionOf(args: RenditionArgs, transcode: JobArgs): Rendition {
  const row = BY_HEIGHT.findLast(({ height }) => args.height <= height) ?? BY_HEIGHT[0];
  const { name, height, preset = "fast", bitrateKbps } = args;
  const quality =
    bitrateKbps === undefined
      ? { crf: args.crf ?? row.crf, maxBitrateKbps: args.maxBitrateKbps ?? row.maxBitrateKbps }
      : { bitrateKbps };
  return { name, height, preset, ...quality, resources: resourcesOf(args, transcode, row) };
}

/** A command of the user's own gets what its job definition says, unless the rendition says something else. */
function resourcesOf(args: RenditionArgs, transcode: JobArgs, row: SizeDefaults): JobResources | undefined {
  const vcpus = args.vcpus ?? transcode.vcpus ?? DEFAULT_RESOURCES.vcpus;
  if (transcode.command === undefined)
    return { vcpus, memoryMiB: args.memoryMiB ?? transcode.memoryMiB ?? row.memoryMiB };
  if (args.vcpus === undefined && args.memoryMiB === undefined) return undefined;
  return { vcpus, memoryMiB: args.memoryMiB ?? transcode.memoryMiB ?? DEFAULT_RESOURCES.memoryMiB };
}

function computeOf({ compute = {} }: VideoBatchPipelineArgs): Compute {
  const { minVcpus = 0, maxVcpus = 4 } = compute;
  const desiredVcpus = compute.desiredVcpus ?? Math.min(Math.max(2, minVcpus), maxVcpus);
  return { ...compute, minVcpus, desiredVcpus, maxVcpus, instanceTypes: compute.instanceTypes ?? ["optimal"] };
}

function jobsOf(args: VideoBatchPipelineArgs, timeoutSeconds: number): Jobs {
  const job = (key: JobKey): Job => jobOf(key, args.jobs?.[key] ?? {}, args, timeoutSeconds);
  const transcode = job("transcode");
  const packaging = job("package");
  return {
    metadata: job("metadata"),
    features: job("features"),
    transcode,
    // The worker can only package what the worker has transcoded.
    ...(transcode.worker || !packaging.worker ? { package: packaging } : {}),
  };
}

function jobOf(key: JobKey, own: JobArgs, args: VideoBatchPipelineArgs, executionSeconds: number): Job {
  const { attempts = 3, attemptTimeoutSeconds = 3600 } = own;
  const command = own.command ?? WORKER_COMMANDS[key];
  const wait = args.workflow?.queueWaitSeconds ?? executionSeconds;
  return {
    worker: own.command === undefined,
    image: own.image,
    command,
    parameters: parametersOf(command) as JobParameter[],
    vcpus: own.vcpus ?? DEFAULT_RESOURCES.vcpus,
    memoryMiB: own.memoryMiB ?? DEFAULT_RESOURCES.memoryMiB,
    environment: own.environment ?? {},
    attempts,
    attemptTimeoutSeconds,
    timeoutSeconds: Math.min(attempts * attemptTimeoutSeconds + wait, executionSeconds - SECONDS_FOR_NOTICE),
    jobDefinitionName: own.jobDefinitionName,
  };
}

/** The names after `Ref::`, each once, in the order of the command. */
export function parametersOf(command: string[]): string[] {
  const names = command.flatMap((word) => [...word.matchAll(/Ref::([A-Za-z0-9_-]*)/g)].map(([, name]) => name ?? ""));
  return [...new Set(names)];
}

function storageOf(args: VideoBatchPipelineArgs, jobs: Jobs): Storage | undefined {
  const used = entriesOf(jobs).some(
    ([, job]) => job.worker || job.parameters.includes("input") || job.parameters.includes("output"),
  );
  if (!used && !args.storage) return undefined;
  const { bucket, inputBuckets = [], intermediateExpirationDays = 7 } = args.storage ?? {};
  const { protect = false, forceDestroy = false } = args.storage ?? {};
  return { bucket, inputBuckets, intermediateExpirationDays, protect, forceDestroy };
}

function ladderOf(args: VideoBatchPipelineArgs, renditions: Rendition[], parts: PartArgs[]): Ladder {
  return {
    renditions: renditions.map(({ name, height, preset, crf, maxBitrateKbps, bitrateKbps }) => ({
      name,
      height,
      preset,
      crf,
      maxBitrateKbps,
      bitrateKbps,
    })),
    parts: parts.map(({ seconds }) => (seconds === undefined ? {} : { seconds })),
    audio: { bitrateKbps: args.audio?.bitrateKbps ?? 128, channels: args.audio?.channels ?? 2 },
    chunkSeconds: args.chunkSeconds ?? 60,
    segmentSeconds: args.segmentSeconds ?? 6,
    gopSeconds: args.gopSeconds ?? 2,
  };
}
