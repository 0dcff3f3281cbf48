import type * as pulumi from "@pulumi/pulumi";

import type { ClaimMountArgs, EfsMountArgs, ExitRuleArgs, JobArgs, SecretMountArgs } from "./args";
import type { VideoBatchPipelineArgs } from "../args";
import type { JobResources, WorkflowJob } from "../workflow/settings/settings";
import {
  JOB_COMMANDS,
  JOB_KEYS,
  type JobKey,
  type JobParameter,
  MISSING_OPTION,
  PLAN_OPTION,
} from "../../contract/jobs";
import { DEFAULT_RESOURCES } from "./resources";

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
  secrets: Record<string, pulumi.Input<string>>;
  efsMounts: EfsMountArgs[];
  scratchGiB: number;
  writableRoot: boolean;
  /** Absent when the image decides. */
  userId?: number;
  roleArn?: pulumi.Input<string>;
  pod: Pod;
  /** Absent when the platform's own hold, which `exitRules.ts` has. */
  exitRules?: ExitRuleArgs[];
  jobDefinitionName?: string;
}

/** What a job has where it runs in pods. */
export interface Pod {
  /** Absent when the environment's holds. */
  serviceAccountName?: pulumi.Input<string>;
  secretMounts: SecretMountArgs[];
  claimMounts: ClaimMountArgs[];
}

/** The user of `worker/Dockerfile`. */
const WORKER_USER = 10001;

export function jobsOf(args: VideoBatchPipelineArgs): Jobs {
  // Only a workflow whose transcode job is the worker reads the plan.
  const usesWorkerPlan = args.jobs?.transcode?.command === undefined;
  const job = (key: JobKey): Job => jobOf(key, args.jobs?.[key] ?? {}, usesWorkerPlan);
  const transcode = job("transcode");
  const { continueOnRenditionFailure, continueOnFeaturesFailure } = args.workflow ?? {};
  const continuesOnFailure = continueOnRenditionFailure || continueOnFeaturesFailure;
  const packaging = jobOf(
    "package",
    args.jobs?.package ?? {},
    usesWorkerPlan,
    continuesOnFailure ? MISSING_OPTION : [],
  );
  return {
    metadata: job("metadata"),
    features: job("features"),
    transcode,
    // The worker can only package what the worker has transcoded.
    ...(transcode.worker || !packaging.worker ? { package: packaging } : {}),
  };
}

function jobOf(key: JobKey, own: JobArgs, usesWorkerPlan: boolean, words: string[] = []): Job {
  const worker = own.command === undefined;
  const workers = JOB_COMMANDS[key].filter((word) => usesWorkerPlan || !PLAN_OPTION.includes(word));
  const command = own.command ?? [...workers, ...words];
  return {
    worker,
    image: own.image,
    command,
    parameters: parametersOf(command) as JobParameter[],
    vcpus: own.vcpus ?? DEFAULT_RESOURCES.vcpus,
    memoryMiB: own.memoryMiB ?? DEFAULT_RESOURCES.memoryMiB,
    ...(own.gpus === undefined ? {} : { gpus: own.gpus }),
    environment: own.environment ?? {},
    secrets: own.secrets ?? {},
    efsMounts: own.efsMounts ?? [],
    scratchGiB: own.scratchGiB ?? 40,
    writableRoot: own.enableWritableRoot ?? !worker,
    userId: own.userId ?? (worker ? WORKER_USER : undefined),
    roleArn: own.roleArn,
    pod: {
      serviceAccountName: own.pod?.serviceAccountName,
      secretMounts: own.pod?.secretMounts ?? [],
      claimMounts: own.pod?.claimMounts ?? [],
    },
    attempts: own.attempts ?? 3,
    exitRules: own.exitRules ?? (worker ? undefined : []),
    attemptTimeoutSeconds: own.attemptTimeoutSeconds ?? 3600,
    jobDefinitionName: own.jobDefinitionName,
  };
}

/** The names after `Ref::`, each once, in the order of the command. */
export function parametersOf(command: string[]): string[] {
  const names = command.flatMap((word) => [...word.matchAll(/Ref::([A-Za-z0-9_-]*)/g)].map(([, name]) => name ?? ""));
  return [...new Set(names)];
}

/** The jobs there are, with their keys. */
export function entriesOf(jobs: Jobs): [JobKey, Job][] {
  return JOB_KEYS.flatMap((key): [JobKey, Job][] => {
    const job = jobs[key];
    return job ? [[key, job]] : [];
  });
}
