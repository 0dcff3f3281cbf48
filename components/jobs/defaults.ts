import type * as pulumi from "@pulumi/pulumi";

import { JOB_KEYS, jobCommand, type JobKey, type JobParameter, MISSING_OPTION, PLAN_OPTION } from "../../contract/jobs";
import type { Ladder } from "../../contract/plan";
import type { Roles } from "../access/args";
import type { JobVariant } from "../workflow/batch/jobVariants";
import { announcesPlayable } from "../workflow/settings/policies";
import type { JobResources, WorkflowJob } from "../workflow/settings/settings";
import type { ClaimMount, EfsMount, ExitRule, Image, Job, JobDefaults, Jobs, SecretMount } from "./args";
import { ATTEMPT_LIMITS, CONTAINER_LIMITS, JOB_LIMITS } from "./limits";

export interface JobsSettings {
  kinds: JobKinds;
  variants: JobVariant[];
  /** The worker's image: an existing one, or how to build it if a job uses it. */
  image: Image;
  roles: Pick<Roles, "jobRoleArn" | "executionRoleArn">;
  ladder: Ladder;
  outputPrefix: string;
  publicAddresses: boolean;
  /** The service account of pods whose job names none. The checks ensure that all environments on EKS have the same. */
  serviceAccountName?: string;
  logRetentionDays: number;
}

export interface JobKinds {
  metadata: JobSettings;
  features: JobSettings;
  transcode: JobSettings;
  package?: JobSettings;
}

export interface JobSettings extends WorkflowJob, JobResources {
  /** True when the worker runs, from its own image or from one derived from it. */
  worker: boolean;
  /** Absent on jobs that run in the worker's image. */
  image?: pulumi.Input<string>;
  command: string[];
  environment: Record<string, pulumi.Input<string>>;
  secrets: Record<string, pulumi.Input<string>>;
  efsMounts: EfsMount[];
  scratchGiB: number;
  writableRoot: boolean;
  /** Absent when the image decides. */
  userId?: number;
  roleArn?: pulumi.Input<string>;
  pod: PodSettings;
  /** Absent when `exitRules.ts` decides. */
  exitRules?: ExitRule[];
  jobDefinitionName?: string;
}

/** What a job has only where it runs in pods. */
export interface PodSettings {
  /** Absent when the environment decides. */
  serviceAccountName?: pulumi.Input<string>;
  secretMounts: SecretMount[];
  claimMounts: ClaimMount[];
}

export const DEFAULT_RESOURCES: JobResources = { vcpus: 2, memoryMiB: JOB_LIMITS.memoryMiB.default };

/** The user of `worker/Dockerfile`. */
const WORKER_USER = 10001;

/** What the worker's commands depend on. */
interface CommandOptions {
  continuesOnFailure: boolean;
  sendsEvents: boolean;
}

export function normaliseJobs(
  args: Jobs = {},
  defaults: JobDefaults = {},
  { continuesOnFailure, sendsEvents }: CommandOptions,
): JobKinds {
  // Only a workflow whose transcode job is the worker reads the plan.
  const usesWorkerPlan = args.transcode?.command === undefined;
  const job = (key: JobKey): JobSettings => {
    const options = key === "package" && continuesOnFailure ? MISSING_OPTION : [];
    const words = jobCommand(key, announcesPlayable({ sendsEvents, usesWorkerPlan })).filter(
      (word) => usesWorkerPlan || !PLAN_OPTION.includes(word),
    );
    return normaliseJob(args[key] ?? {}, defaults, [...words, ...options]);
  };
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

function normaliseJob(args: Job, defaults: JobDefaults, workerCommand: string[]): JobSettings {
  const worker = args.command === undefined;
  const command = args.command ?? workerCommand;
  return {
    worker,
    image: args.image,
    command,
    parameters: findParameters(command) as JobParameter[],
    vcpus: args.vcpus ?? DEFAULT_RESOURCES.vcpus,
    memoryMiB: args.memoryMiB ?? DEFAULT_RESOURCES.memoryMiB,
    ...(args.gpus === undefined ? {} : { gpus: args.gpus }),
    environment: args.environment ?? {},
    secrets: args.secrets ?? {},
    efsMounts: args.efsMounts ?? [],
    scratchGiB: args.scratchGiB ?? CONTAINER_LIMITS.scratchGiB.default,
    writableRoot: args.enableWritableRoot ?? !worker,
    userId: args.userId ?? (worker ? WORKER_USER : undefined),
    roleArn: args.roleArn,
    pod: {
      serviceAccountName: args.pod?.serviceAccountName,
      secretMounts: args.pod?.secretMounts ?? [],
      claimMounts: args.pod?.claimMounts ?? [],
    },
    attempts: args.attempts ?? defaults.attempts ?? ATTEMPT_LIMITS.attempts.default,
    exitRules: args.exitRules ?? (worker ? undefined : []),
    attemptTimeoutSeconds:
      args.attemptTimeoutSeconds ?? defaults.attemptTimeoutSeconds ?? ATTEMPT_LIMITS.attemptTimeoutSeconds.default,
    jobDefinitionName: args.jobDefinitionName,
  };
}

/** The names after `Ref::`, each once, in the order of the command. */
export function findParameters(command: string[]): string[] {
  const names = command.flatMap((word) => [...word.matchAll(/Ref::([A-Za-z0-9_-]*)/g)].map(([, name]) => name ?? ""));
  return [...new Set(names)];
}

/** The jobs that the pipeline has, with their keys. */
export function listJobs(jobs: JobKinds): [JobKey, JobSettings][] {
  return JOB_KEYS.flatMap((key): [JobKey, JobSettings][] => {
    const job = jobs[key];
    return job ? [[key, job]] : [];
  });
}

/** Whether the job reads videos or writes outputs. */
export function usesStorage({ worker, parameters }: JobSettings): boolean {
  return worker || parameters.includes("input") || parameters.includes("output");
}

/** Whether the job sends the event that the video is playable. */
export function sendsEvent({ parameters }: JobSettings): boolean {
  return parameters.includes("event");
}

/** The jobs whose ffmpeg differs from the metadata job's, as far as that is known before the images are. */
export function listOtherImages(jobs: JobKinds): ("features" | "transcode")[] {
  return (["features", "transcode"] as const).filter((key) => !hasSameFfmpeg(jobs[key], jobs.metadata));
}

function hasSameFfmpeg(one: JobSettings, other: JobSettings): boolean {
  const [path, otherPath] = [one, other].map(({ environment }) => environment["FFMPEG_PATH"]);
  return one.worker && one.image === other.image && path === otherPath;
}

export function hasSecrets({ secrets }: JobSettings): boolean {
  return Object.keys(secrets).length > 0;
}
