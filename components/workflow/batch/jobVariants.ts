import { platformName, type JobPlatform } from "../../../contract/jobPlatform";
import { JOB_KEYS, jobCommand, type JobKey } from "../../../contract/jobs";
import { AUDIO } from "../../../contract/outputs";
import { announcesPlayable } from "../settings/policies";
import type { JobResources, WorkflowRendition, WorkflowSettings } from "../settings/settings";

/** A job definition that the workflow submits. */
export interface JobVariant {
  /** Key in the outputs and in `WorkflowArns.jobDefinitions`: the job's key plus the variant's suffix. */
  key: string;
  job: JobKey;
  jobPlatform: JobPlatform;
  /** Follows the job's name, also in the names of resources, which are permanent. Empty for the job's first variant. */
  suffix: string;
  /** Resources of a rendition, instead of the job's. */
  resources?: JobResources;
  command?: string[];
}

/** The platform of a queue. The checks ensure that every name is known. */
function jobPlatformOf({ queues }: WorkflowSettings, queue: string): JobPlatform {
  return queues.find(({ name }) => name === queue)?.jobPlatform ?? { platform: "ec2", architecture: "x86_64" };
}

/**
 * All job definitions, each once. A job has a variant for each platform of its queues. The variant of its first queue
 * has the job's own name, so that a pipeline that moves to another platform registers new revisions of the same
 * definition.
 */
export function jobVariants(settings: WorkflowSettings): JobVariant[] {
  const all = JOB_KEYS.flatMap((job) =>
    settings.jobs[job] === undefined
      ? []
      : queuesOfJob(settings, job).flatMap((queue) => forQueue(settings, job, queue)),
  );
  return all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
}

/** The variant of a job for a queue and, on EKS, for a track. */
export function jobVariantFor(
  settings: WorkflowSettings,
  job: JobKey,
  queue: string,
  track?: WorkflowRendition | typeof AUDIO,
): JobVariant {
  const jobPlatform = jobPlatformOf(settings, queue);
  const first = jobPlatformOf(settings, queuesOfJob(settings, job)[0] ?? "");
  const elsewhere = platformName(jobPlatform) === platformName(first) ? "" : `-${platformName(jobPlatform)}`;
  const own = jobPlatform.platform === "eks" ? ownDefinition(settings, track) : undefined;
  const suffix = `${elsewhere}${own ? `-${own.name}` : ""}`;
  return { key: `${job}${suffix}`, job, jobPlatform, suffix, resources: own?.resources, command: own?.command };
}

/**
 * On EKS a submit overrides nothing: Batch refuses container overrides there, and Step Functions does not document the
 * overrides of pods. So whatever differs needs a job definition of its own.
 */
function ownDefinition(settings: WorkflowSettings, track: WorkflowRendition | typeof AUDIO | undefined) {
  if (track === AUDIO) {
    return { name: AUDIO, command: jobCommand("audio", announcesPlayable(settings)), resources: undefined };
  }
  return track?.resources ? { name: track.name, resources: track.resources, command: undefined } : undefined;
}

function forQueue(settings: WorkflowSettings, job: JobKey, queue: string): JobVariant[] {
  if (job !== "transcode") return [jobVariantFor(settings, job, queue)];
  const usedByParts = settings.parts.some((part) => part.queue === queue);
  return [
    ...(usedByParts ? settings.renditions.map((one) => jobVariantFor(settings, job, queue, one)) : []),
    ...(settings.usesWorkerPlan && queue === audioQueue(settings) ? [jobVariantFor(settings, job, queue, AUDIO)] : []),
  ];
}

/** The queues of a job, in the order in which it uses them. */
export function queuesOfJob(settings: WorkflowSettings, job: JobKey): string[] {
  if (job === "features") return [settings.lastQueue];
  if (job === "transcode") return settings.parts.map(({ queue }) => queue);
  return [settings.firstQueue];
}

/** The queue of the first part: sound is as urgent as the opening. */
export function audioQueue({ parts, firstQueue }: WorkflowSettings): string {
  return parts[0]?.queue ?? firstQueue;
}
