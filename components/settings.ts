import type * as pulumi from "@pulumi/pulumi";

import type { ApprovalArgs } from "./stateMachine/approvalArgs";
import type { PartArgs } from "./queues/args";
import type { RolesArgs } from "./access/roleArgs";
import type { VideoBatchPipelineArgs } from "./args";
import { computeEnvironmentsOf, type ComputeEnvironment } from "./compute/defaults";
import { ladderRendition } from "./media/codecs";
import { entriesOf, jobsOf, type Jobs } from "./jobs/defaults";
import { monitoringOf, type MonitoringSettings } from "./monitoring/defaults";
import { networkOf, type NetworkSettings } from "./network/defaults";
import { notificationsOf, type NotificationSettings } from "./notifications/defaults";
import { queuesOf, type Queue } from "./queues/defaults";
import { renditionsOf, type Rendition } from "./media/defaults";
import { triggerOf, type TriggerSettings } from "./trigger/defaults";
import type { Ladder } from "../contract/plan";
import type { PartialOutcome, WorkflowApproval, WorkflowPart, WorkflowSettings } from "./workflow/settings/settings";

export { entriesOf, parametersOf, type Job, type Jobs } from "./jobs/defaults";
export type { ComputeEnvironment } from "./compute/defaults";
export type { Queue } from "./queues/defaults";
export type { Rendition } from "./media/defaults";

/** The arguments with every default filled in: the one value that all resources and the workflow are made from. */
export interface Pipeline extends WorkflowSettings {
  renditions: Rendition[];
  queues: Queue[];
  parts: Part[];
  computeEnvironments: ComputeEnvironment[];
  network: NetworkSettings;
  jobs: Jobs;
  /** An existing image of the worker. Without one it is built, if a job uses it. */
  imageUri?: pulumi.Input<string>;
  /** Absent when no job reads or writes videos. */
  storage?: Storage;
  trigger: TriggerSettings;
  notifications: NotificationSettings;
  /** Absent when nobody asked for it. */
  monitoring?: MonitoringSettings;
  encryption: { kmsKeyArn?: pulumi.Input<string>; enableKey: boolean };
  /** Of everything that the pipeline encrypts. Absent for keys of AWS, and as long as one that is made isn't. */
  keyArn?: pulumi.Input<string>;
  logRetentionDays: number;
  roles: RolesArgs;
  ladder: Ladder;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface Part extends WorkflowPart {
  seconds?: number;
}

export interface Storage {
  /** An existing bucket. Without one it is made. */
  bucket?: pulumi.Input<string>;
  inputBuckets: pulumi.Input<string>[];
  intermediateExpirationDays: number;
  protect: boolean;
  retain: boolean;
  forceDestroy: boolean;
  /** Days that former versions of objects are kept. Absent without versions. */
  versionDays?: number;
}

/** Never fails, whatever the arguments: the validation looks at its result to tell what is wrong with them. */
export function normalise(name: string, args: VideoBatchPipelineArgs): Pipeline {
  const timeoutSeconds = args.workflow?.timeoutSeconds ?? 3600;
  const queueWaitSeconds = args.workflow?.queueWaitSeconds ?? timeoutSeconds;
  const computeEnvironments = computeEnvironmentsOf(args.computeEnvironments);
  const queues = queuesOf(args.queues, computeEnvironments, queueWaitSeconds);
  const firstQueue = queues.at(0)?.name ?? "";
  const lastQueue = queues.at(-1)?.name ?? "";
  const parts = args.parts ?? [{ queue: firstQueue, seconds: 10 }, { queue: lastQueue }];
  const jobs = jobsOf(args);
  const renditions = renditionsOf(args, jobs.transcode);
  return {
    name,
    renditions,
    queues,
    parts,
    firstQueue,
    lastQueue,
    computeEnvironments,
    network: networkOf(args.network),
    jobs,
    usesWorkerPlan: jobs.transcode.worker,
    imageUri: args.image?.uri,
    storage: storageOf(args, jobs),
    outputPrefix: args.storage?.outputPrefix ?? "output/",
    trigger: triggerOf(args.trigger),
    notifications: notificationsOf(args.notifications, args.monitoring !== undefined),
    monitoring: monitoringOf(args.monitoring),
    encryption: { kmsKeyArn: args.encryption?.kmsKeyArn, enableKey: args.encryption?.enableKey ?? false },
    timeoutSeconds,
    queueWaitSeconds,
    continueOnRenditionFailure: args.workflow?.continueOnRenditionFailure ?? false,
    continueOnFeaturesFailure: args.workflow?.continueOnFeaturesFailure ?? false,
    partialOutcome: (args.workflow?.partialOutcome as PartialOutcome | undefined) ?? "succeed",
    ...(args.approval ? { approval: approvalOf(args.approval) } : {}),
    logRetentionDays: args.logs?.retentionDays ?? 30,
    roles: args.roles ?? {},
    ladder: ladderOf(args, renditions, parts),
    tags: args.tags,
  };
}

function approvalOf({ timeoutSeconds = 86_400, defaultAnswer = "reject" }: ApprovalArgs): WorkflowApproval {
  return { timeoutSeconds, defaultAnswer: defaultAnswer as WorkflowApproval["defaultAnswer"] };
}

function storageOf(args: VideoBatchPipelineArgs, jobs: Jobs): Storage | undefined {
  const used = entriesOf(jobs).some(
    ([, job]) => job.worker || job.parameters.includes("input") || job.parameters.includes("output"),
  );
  if (!used && !args.storage) return undefined;
  const { bucket, inputBuckets = [], intermediateExpirationDays = 7 } = args.storage ?? {};
  const { protect = false, retainOnDelete: retain = false, forceDestroy = false } = args.storage ?? {};
  const { enableVersioning = false, versionExpirationDays = 30 } = args.storage ?? {};
  return {
    ...{ bucket, inputBuckets, intermediateExpirationDays, protect, retain, forceDestroy },
    ...(enableVersioning ? { versionDays: versionExpirationDays } : {}),
  };
}

function ladderOf(args: VideoBatchPipelineArgs, renditions: Rendition[], parts: PartArgs[]): Ladder {
  return {
    renditions: renditions.map(ladderRendition),
    parts: parts.map(({ seconds }) => (seconds === undefined ? {} : { seconds })),
    audio: {
      bitrateKbps: args.audio?.bitrateKbps ?? 128,
      channels: args.audio?.channels ?? 2,
      maxTracks: args.audio?.maxTracks ?? 8,
    },
    chunkSeconds: args.chunkSeconds ?? 60,
    segmentSeconds: args.segmentSeconds ?? 6,
    gopSeconds: args.gopSeconds ?? 2,
    ...(args.enableDash ? { dash: true } : {}),
    ...(args.approval ? { gated: true } : {}),
    ...(args.enableSharedDecoding ? { shareDecoding: true } : {}),
  };
}
