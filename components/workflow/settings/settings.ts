import type { JobKey, JobParameter } from "../../../contract/jobs";
import type { JobPlatform } from "../../../contract/jobPlatform";
import type { EventMapping } from "../jsonata/eventInput";

/** The settings that the workflow is generated from. The normalised pipeline has all of them; none needs Pulumi. */
export interface WorkflowSettings {
  name: string;
  renditions: WorkflowRendition[];
  parts: WorkflowPart[];
  queues: WorkflowQueue[];
  /** Queue of the metadata and packaging jobs. */
  firstQueue: string;
  /** Queue of the features job. */
  lastQueue: string;
  jobs: WorkflowJobs;
  /**
   * True when the worker plans and transcodes: the workflow then reads the plan, makes only what it says, and encodes the
   * sound. With a transcode command of the user's own, every part of every rendition runs.
   */
  usesWorkerPlan: boolean;
  /** The share of a video's length that may be damaged, unless the execution's input has its own. */
  maxDamagedShare: number;
  /** Beginning of the output's key, for executions that do not name an output. */
  outputPrefix: string;
  /** Seconds that the whole execution may take. */
  timeoutSeconds: number;
  /** Seconds that a job may wait in its queue, on top of its attempts. */
  queueWaitSeconds: number;
  /** Whether the other branches continue when a rendition fails. */
  continueOnRenditionFailure: boolean;
  /** Whether the other branches continue when the features fail. */
  continueOnFeaturesFailure: boolean;
  /** How an execution ends that finished only a part. */
  partialOutcome: PartialOutcome;
  /** Absent when no approval is needed. */
  approval?: WorkflowApproval;
  /** Whether it sends events to a bus. */
  sendsEvents: boolean;
  /** How events from a bus become inputs. Absent where none start executions. */
  eventMapping?: EventMapping;
}

export type PartialOutcome = "succeed" | "fail";

export interface WorkflowApproval {
  timeoutSeconds: number;
  defaultAnswer: "approve" | "reject";
}

export interface WorkflowQueue {
  name: string;
  jobPlatform: JobPlatform;
  /** Absent on queues without shares. */
  fairShare?: { defaultShare: string };
}

export interface WorkflowRendition {
  name: string;
  /** Overrides of the job definition's resources. */
  resources?: JobResources;
  attemptTimeoutSeconds: number;
}

export interface JobResources {
  vcpus: number;
  memoryMiB: number;
  gpus?: number;
}

export interface WorkflowPart {
  queue: string;
}

/** `package` is absent when nothing is packaged. */
export interface WorkflowJobs {
  metadata: WorkflowJob;
  features: WorkflowJob;
  transcode: WorkflowJob;
  package?: WorkflowJob;
}

export interface WorkflowJob {
  /** Whether it runs the worker's own command. */
  worker: boolean;
  /** The `Ref::` names in the job definition's command. Batch replaces them with the parameters of the submit. */
  parameters: JobParameter[];
  attempts: number;
  attemptTimeoutSeconds: number;
}

/** The steps submit only jobs that exist. This error is for developers who add a step. */
export function jobOf({ jobs }: WorkflowSettings, key: JobKey): WorkflowJob {
  const job = jobs[key];
  if (job === undefined) throw new Error(`There is no job "${key}".`);
  return job;
}
