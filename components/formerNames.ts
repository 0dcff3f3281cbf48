import type { Encryption, Roles } from "./access/args";
import type { ComputeEnvironment, Eks, UpdatePolicy } from "./compute/args";
import type { ClaimMount, EfsMount, ExitRule, Image, Job, Jobs, Pod, SecretMount } from "./jobs/args";
import type { Audio, Rendition } from "./media/args";
import type { Logs, Monitoring } from "./monitoring/args";
import type { Network, Vpc } from "./network/args";
import type { Notifications, Subscription } from "./notifications/args";
import type { FairShare, Part, Queue, Share } from "./queues/args";
import type { Approval, Workflow } from "./stateMachine/args";
import type { Storage } from "./storage/args";
import type { Schedule, Trigger, Uploads } from "./trigger/args";

/** @deprecated Use `Roles`. */
export type RolesArgs = Roles;
/** @deprecated Use `Encryption`. */
export type EncryptionArgs = Encryption;
/** @deprecated Use `ComputeEnvironment`. */
export type ComputeEnvironmentArgs = ComputeEnvironment;
/** @deprecated Use `UpdatePolicy`. */
export type UpdatePolicyArgs = UpdatePolicy;
/** @deprecated Use `Eks`. */
export type EksArgs = Eks;
/** @deprecated Use `Jobs`. */
export type JobsArgs = Jobs;
/** @deprecated Use `Job`. */
export type JobArgs = Job;
/** @deprecated Use `ExitRule`. */
export type ExitRuleArgs = ExitRule;
/** @deprecated Use `EfsMount`. */
export type EfsMountArgs = EfsMount;
/** @deprecated Use `Pod`. */
export type PodArgs = Pod;
/** @deprecated Use `SecretMount`. */
export type SecretMountArgs = SecretMount;
/** @deprecated Use `ClaimMount`. */
export type ClaimMountArgs = ClaimMount;
/** @deprecated Use `Image`. */
export type ImageArgs = Image;
/** @deprecated Use `Rendition`. */
export type RenditionArgs = Rendition;
/** @deprecated Use `Audio`. */
export type AudioArgs = Audio;
/** @deprecated Use `Monitoring`. */
export type MonitoringArgs = Monitoring;
/** @deprecated Use `Logs`. */
export type LogsArgs = Logs;
/** @deprecated Use `Network`. */
export type NetworkArgs = Network;
/** @deprecated Use `Vpc`. */
export type VpcArgs = Vpc;
/** @deprecated Use `Notifications`. */
export type NotificationsArgs = Notifications;
/** @deprecated Use `Subscription`. */
export type SubscriptionArgs = Subscription;
/** @deprecated Use `Queue`. */
export type QueueArgs = Queue;
/** @deprecated Use `FairShare`. */
export type FairShareArgs = FairShare;
/** @deprecated Use `Share`. */
export type ShareArgs = Share;
/** @deprecated Use `Part`. */
export type PartArgs = Part;
/** @deprecated Use `Workflow`. */
export type WorkflowArgs = Workflow;
/** @deprecated Use `Approval`. */
export type ApprovalArgs = Approval;
/** @deprecated Use `Storage`. */
export type StorageArgs = Storage;
/** @deprecated Use `Trigger`. */
export type TriggerArgs = Trigger;
/** @deprecated Use `Uploads`. */
export type UploadsArgs = Uploads;
/** @deprecated Use `Schedule`. */
export type ScheduleArgs = Schedule;
