import type { Ladder } from "../contract/plan";
import type { RolesArgs } from "./access/args";
import { type EncryptionSettings, normaliseEncryption } from "./access/defaults";
import type { VideoBatchPipelineArgs } from "./args";
import { type ComputeSettings, normaliseComputeEnvironments } from "./compute/defaults";
import type { Tags } from "./context/context";
import { hasSecrets, type JobsSettings, listJobs, listOtherImages, normaliseJobs, usesStorage } from "./jobs/defaults";
import { normaliseLadder, normaliseRenditions, type RenditionSettings } from "./media/defaults";
import { type MonitoringSettings, normaliseMonitoring } from "./monitoring/defaults";
import { type NetworkSettings, normaliseNetwork } from "./network/defaults";
import { normaliseNotifications, type NotificationSettings } from "./notifications/defaults";
import { normaliseParts, normaliseQueues, type QueueSettings } from "./queues/defaults";
import { normaliseWorkflow, type StateMachineSettings } from "./stateMachine/defaults";
import { normaliseStorage, type StorageSettings } from "./storage/defaults";
import { normaliseTrigger, type TriggerSettings } from "./trigger/defaults";
import { jobVariants } from "./workflow/batch/jobVariants";
import type { WorkflowSettings } from "./workflow/settings/settings";

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
  /** Absent unless it is asked for. */
  monitoring?: MonitoringSettings;
  encryption: EncryptionSettings;
  roles: RolesArgs;
  stateMachine: StateMachineSettings;
}

/** Never fails, whatever the arguments: the checks need its result to find what is wrong with them. */
export function normalise(name: string, args: VideoBatchPipelineArgs): Settings {
  const { tags, roles = {} } = args;
  const options = normaliseWorkflow(args.workflow, args.approval);
  const computeEnvironments = normaliseComputeEnvironments(args.computeEnvironments);
  const queues = normaliseQueues(args.queues, computeEnvironments, options.queueWaitSeconds);
  const parts = normaliseParts(args.parts, queues);
  const kinds = normaliseJobs(
    args.jobs,
    args.jobDefaults,
    options.continueOnRenditionFailure || options.continueOnFeaturesFailure,
  );
  const jobs = listJobs(kinds).map(([, job]) => job);
  const renditions = normaliseRenditions(args, { args: args.jobs?.transcode ?? {}, job: kinds.transcode });
  const ladder = normaliseLadder(args, renditions, parts, {
    gated: options.approval !== undefined,
    otherImages: listOtherImages(kinds),
  });
  const outputPrefix = args.storage?.outputPrefix ?? "output/";
  const workflow: WorkflowSettings = {
    ...{ name, renditions, parts, queues, jobs: kinds, outputPrefix, ...options },
    firstQueue: queues.at(0)?.name ?? "",
    lastQueue: queues.at(-1)?.name ?? "",
    usesWorkerPlan: kinds.transcode.worker,
  };
  const logRetentionDays = args.logs?.retentionDays ?? 30;
  const network = normaliseNetwork(args.network, jobs.some(hasSecrets));
  const trigger = normaliseTrigger(args.trigger, outputPrefix);
  const monitoring = normaliseMonitoring(args.monitoring, { computeEnvironments, logRetentionDays });
  const notifications = normaliseNotifications(args.notifications, monitoring);
  return {
    ...{ name, tags, renditions, ladder, queues, network, outputPrefix, trigger, monitoring, notifications, roles },
    compute: { environments: computeEnvironments, instanceProfileArn: roles.instanceProfileArn },
    storage: normaliseStorage(args.storage, jobs.some(usesStorage)),
    jobs: {
      ...{ kinds, variants: jobVariants(workflow), imageUri: args.image?.uri, roles, ladder, outputPrefix },
      publicAddresses: network.publicAddresses,
      serviceAccountName: computeEnvironments.find(({ eks }) => eks)?.eks?.serviceAccountName,
      logRetentionDays,
    },
    stateMachine: {
      workflow,
      roleArn: roles.stateMachineRoleArn,
      tracing: args.monitoring?.enableTracing ?? false,
      logRetentionDays,
    },
    encryption: normaliseEncryption(args.encryption, {
      // Schedules send their dead letters with a role.
      deadLetters: trigger.uploads !== undefined,
      alarms: notifications.alarms && notifications.topicArn === undefined,
      disks: computeEnvironments.some(({ jobPlatform }) => jobPlatform.platform !== "fargate"),
    }),
  };
}
