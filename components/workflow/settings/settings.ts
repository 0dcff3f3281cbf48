import type { JobKey, JobParameter } from "../../../contract/jobs";
import type { JobPlatform } from "../../../contract/jobPlatform";

/** What the workflow is generated from. The normalised pipeline has all of it; nothing here needs Pulumi. */
export interface WorkflowSettings {
  name: string;
  renditions: WorkflowRendition[];
  parts: WorkflowPart[];
  queues: WorkflowQueue[];
  /** The queue of the metadata and packaging jobs, and the one of the features job. */
  firstQueue: string;
  lastQueue: string;
  jobs: WorkflowJobs;
  /**
   * True when the worker plans and transcodes: the workflow then reads the plan, makes only what it says, and encodes the
   * sound. With a transcode command of the user's own, every part of every rendition runs.
   */
  usesWorkerPlan: boolean;
  /** Beginning of the keys of outputs, for executions that do not say where the output goes. */
  outputPrefix: string;
  /** Of the whole execution. */
  timeoutSeconds: number;
  /** That a job may wait in its queue, on top of its attempts. */
  queueWaitSeconds: number;
  /** Whether the rest is finished when renditions fail, or the features. */
  continueOnRenditionFailure: boolean;
  continueOnFeaturesFailure: boolean;
  /** How an execution ends that could finish only a part. */
  partialOutcome: PartialOutcome;
  /** Without it nobody is asked. */
  approval?: WorkflowApproval;
}

export type PartialOutcome = "succeed" | "fail";

export interface WorkflowApproval {
  timeoutSeconds: number;
  defaultAnswer: "approve" | "reject";
}

export interface WorkflowQueue {
  name: string;
  jobPlatform: JobPlatform;
  /** Absent on queues that know no shares. */
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

/** Without `package` nothing is packaged. */
export interface WorkflowJobs {
  metadata: WorkflowJob;
  features: WorkflowJob;
  transcode: WorkflowJob;
  package?: WorkflowJob;
}

export interface WorkflowJob {
  /** The `Ref::` names in the job definition's command. Batch fills them from the parameters of the submit. */
  parameters: JobParameter[];
  attempts: number;
  attemptTimeoutSeconds: number;
}

/** The steps make sure that only jobs which exist are submitted; this is for whoever adds one. */
export function jobOf({ jobs }: WorkflowSettings, key: JobKey): WorkflowJob {
  const job = jobs[key];
  if (job === undefined) throw new Error(`There is no job "${key}".`);
  return job;
}
