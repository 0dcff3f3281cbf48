import type { Ladder } from "../contract/plan";
import type { Roles } from "./access/args";
import { type EncryptionSettings, normaliseEncryption } from "./access/defaults";
import type { VideoBatchPipelineArgs } from "./args";
import {
  type ComputeEnvironmentSettings,
  type ComputeSettings,
  normaliseComputeEnvironments,
} from "./compute/defaults";
import type { Tags } from "./context/context";
import { type EventSettings, normaliseEvents } from "./events/defaults";
import {
  hasSecrets,
  type JobSettings,
  type JobKinds,
  type JobsSettings,
  listJobs,
  listOtherImages,
  normaliseJobs,
  sendsEvent,
  usesStorage,
} from "./jobs/defaults";
import { lazily } from "./lazily";
import { normaliseLadder, normaliseRenditions, type RenditionSettings } from "./media/defaults";
import { DAMAGE_LIMIT } from "./media/limits";
import { type MonitoringSettings, normaliseMonitoring } from "./monitoring/defaults";
import { type NetworkSettings, normaliseNetwork } from "./network/defaults";
import { normaliseNotifications, type NotificationSettings } from "./notifications/defaults";
import type { Part } from "./queues/args";
import { normaliseParts, listOtherArchitectures, normaliseQueues, type QueueSettings } from "./queues/defaults";
import { normaliseApproval, normaliseWorkflow, type StateMachineSettings } from "./stateMachine/defaults";
import { normaliseStorage, type StorageSettings } from "./storage/defaults";
import { leastExpirationDays } from "./storage/expiration";
import { eventMappingOf, normaliseTrigger, type TriggerSettings } from "./trigger/defaults";
import { jobVariants } from "./workflow/batch/jobVariants";
import type { EventMapping } from "./workflow/jsonata/eventInput";
import type { WorkflowApproval, WorkflowSettings } from "./workflow/settings/settings";

type WorkflowOptions = ReturnType<typeof normaliseWorkflow>;

/** The arguments with all defaults filled in: a part for each concern, from which its resources are made. */
export interface Settings {
  name: string;
  tags?: Tags;
  renditions: RenditionSettings[];
  ladder: Ladder;
  queues: QueueSettings[];
  compute: ComputeSettings;
  network: NetworkSettings;
  jobs: JobsSettings;
  outputPrefix: string;
  /** Absent when no job reads or writes videos. */
  storage?: StorageSettings;
  trigger: TriggerSettings;
  notifications: NotificationSettings;
  /** Absent when no events are sent. */
  events?: EventSettings;
  /** Absent unless it is asked for. */
  monitoring?: MonitoringSettings;
  encryption: EncryptionSettings;
  roles: Roles;
  stateMachine: StateMachineSettings;
}

/**
 * Never fails with arguments of the right structure: the checks need its result to find what is wrong with them. Each part is made when
 * it is first read, so that a check can do without arguments that it has nothing to do with.
 */
export function normalise(name: string, args: VideoBatchPipelineArgs): Settings {
  const shared = normaliseShared(args);
  const workflow = workflowSettings(name, shared);
  const settings: Settings = lazily<Settings>({
    name: () => name,
    tags: () => args.tags,
    renditions: () => shared.renditions,
    ladder: () =>
      normaliseLadder(args, shared.renditions, shared.parts, {
        gated: shared.approval !== undefined,
        otherImages: listOtherImages(shared.kinds),
        otherArchitectures: listOtherArchitectures(shared.parts, shared.queues),
      }),
    queues: () => shared.queues,
    compute: () =>
      lazily<ComputeSettings>({
        environments: () => shared.environments,
        instanceProfileArn: () => args.roles?.instanceProfileArn,
      }),
    network: () =>
      normaliseNetwork(args.network, {
        secrets: shared.jobs.some(hasSecrets),
        events: shared.jobs.some(sendsEvent),
      }),
    jobs: () => jobSettings(args, shared, { settings, workflow }),
    outputPrefix: () => shared.outputPrefix,
    storage: () => normaliseStorage(args.storage, shared.jobs.some(usesStorage), () => leastExpirationDays(workflow)),
    trigger: () => normaliseTrigger(args.trigger, shared.outputPrefix),
    notifications: () => normaliseNotifications(args.notifications, settings.monitoring),
    events: () => args.events && normaliseEvents(args.events),
    monitoring: () => {
      const { environments: computeEnvironments, logRetentionDays } = shared;
      return normaliseMonitoring(args.monitoring, { computeEnvironments, logRetentionDays });
    },
    encryption: () =>
      normaliseEncryption(args.encryption, {
        // Schedules send their dead letters with a role.
        deadLetters: settings.trigger.uploads !== undefined || settings.trigger.events !== undefined,
        alarms: settings.notifications.alarms && settings.notifications.topicArn === undefined,
        disks: shared.environments.some(({ jobPlatform }) => jobPlatform.platform !== "fargate"),
        spot: shared.environments.some(({ type }) => type === "SPOT"),
        eventBus: settings.events?.enableBus ?? false,
      }),
    roles: () => args.roles ?? {},
    stateMachine: () =>
      lazily<StateMachineSettings>({
        workflow: () => workflow,
        roleArn: () => args.roles?.stateMachineRoleArn,
        tracing: () => args.monitoring?.enableTracing ?? false,
        logRetentionDays: () => shared.logRetentionDays,
      }),
  });
  return settings;
}

/** What more than one concern is made from. */
interface Shared {
  options: WorkflowOptions;
  approval?: WorkflowApproval;
  environments: ComputeEnvironmentSettings[];
  queues: QueueSettings[];
  parts: Part[];
  kinds: JobKinds;
  jobs: JobSettings[];
  renditions: RenditionSettings[];
  maxDamagedShare: number;
  outputPrefix: string;
  logRetentionDays: number;
  sendsEvents: boolean;
  eventMapping?: EventMapping;
}

function normaliseShared(args: VideoBatchPipelineArgs): Shared {
  const shared: Shared = lazily<Shared>({
    options: () => normaliseWorkflow(args.workflow),
    approval: () => args.approval && normaliseApproval(args.approval),
    environments: () => normaliseComputeEnvironments(args.computeEnvironments),
    queues: () => normaliseQueues(args.queues, shared.environments, shared.options.queueWaitSeconds),
    parts: () => normaliseParts(args.parts, shared.queues),
    kinds: () => {
      const { continueOnRenditionFailure, continueOnFeaturesFailure } = shared.options;
      const continuesOnFailure = continueOnRenditionFailure || continueOnFeaturesFailure;
      return normaliseJobs(args.jobs, args.jobDefaults, { continuesOnFailure, sendsEvents: shared.sendsEvents });
    },
    jobs: () => listJobs(shared.kinds).map(([, job]) => job),
    renditions: () => normaliseRenditions(args, { args: args.jobs?.transcode ?? {}, job: shared.kinds.transcode }),
    maxDamagedShare: () => args.maxDamagedShare ?? DAMAGE_LIMIT.default,
    outputPrefix: () => args.storage?.outputPrefix ?? "output/",
    logRetentionDays: () => args.logs?.retentionDays ?? 30,
    sendsEvents: () => args.events !== undefined,
    eventMapping: () => eventMappingOf(args.trigger),
  });
  return shared;
}

function workflowSettings(name: string, shared: Shared): WorkflowSettings {
  return lazily<WorkflowSettings>({
    name: () => name,
    renditions: () => shared.renditions,
    parts: () => shared.parts,
    queues: () => shared.queues,
    firstQueue: () => shared.queues.at(0)?.name ?? "",
    lastQueue: () => shared.queues.at(-1)?.name ?? "",
    jobs: () => shared.kinds,
    usesWorkerPlan: () => shared.kinds.transcode.worker,
    maxDamagedShare: () => shared.maxDamagedShare,
    outputPrefix: () => shared.outputPrefix,
    timeoutSeconds: () => shared.options.timeoutSeconds,
    queueWaitSeconds: () => shared.options.queueWaitSeconds,
    continueOnRenditionFailure: () => shared.options.continueOnRenditionFailure,
    continueOnFeaturesFailure: () => shared.options.continueOnFeaturesFailure,
    partialOutcome: () => shared.options.partialOutcome,
    approval: () => shared.approval,
    sendsEvents: () => shared.sendsEvents,
    eventMapping: () => shared.eventMapping,
  });
}

function jobSettings(
  args: VideoBatchPipelineArgs,
  shared: Shared,
  { settings, workflow }: { settings: Settings; workflow: WorkflowSettings },
): JobsSettings {
  return lazily<JobsSettings>({
    kinds: () => shared.kinds,
    variants: () => jobVariants(workflow),
    image: () => args.image ?? {},
    roles: () => settings.roles,
    ladder: () => settings.ladder,
    outputPrefix: () => shared.outputPrefix,
    publicAddresses: () => settings.network.publicAddresses,
    serviceAccountName: () => shared.environments.find(({ eks }) => eks)?.eks?.serviceAccountName,
    logRetentionDays: () => shared.logRetentionDays,
  });
}
