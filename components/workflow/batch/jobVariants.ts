import { platformName, type JobPlatform } from "../../../contract/jobPlatform";
import { JOB_COMMANDS, JOB_KEYS, type JobKey } from "../../../contract/jobs";
import type { JobResources, WorkflowRendition, WorkflowSettings } from "../settings/settings";

/** A job definition that the workflow submits. */
export interface JobVariant {
  /** Of the outputs and of `WorkflowArns.jobDefinitions`: the job's own, and behind it what makes this one different. */
  key: string;
  job: JobKey;
  jobPlatform: JobPlatform;
  /** What is behind the job's name, also in the names of resources: never to be changed. */
  suffix: string;
  /** Of its own, instead of the job's. */
  resources?: JobResources;
  command?: string[];
}

export const AUDIO = "audio";

/** The platform of a queue. The checks ensure that every name is known. */
export function jobPlatformOf({ queues }: WorkflowSettings, queue: string): JobPlatform {
  return queues.find(({ name }) => name === queue)?.jobPlatform ?? { platform: "ec2", architecture: "x86_64" };
}

/**
 * All job definitions, each once. A job has one for every platform that its queues are on; the one of its first queue
 * carries the job's own name, so that a pipeline that moves elsewhere as a whole registers new revisions of what it
 * had.
 */
export function jobVariants(settings: WorkflowSettings): JobVariant[] {
  const all = JOB_KEYS.flatMap((job) =>
    settings.jobs[job] === undefined ? [] : queuesOf(settings, job).flatMap((queue) => forQueue(settings, job, queue)),
  );
  return all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
}

/** The definition of a job on a queue, of a rendition of its own or of the sound. */
export function jobVariantFor(
  settings: WorkflowSettings,
  job: JobKey,
  queue: string,
  only?: WorkflowRendition | typeof AUDIO,
): JobVariant {
  const jobPlatform = jobPlatformOf(settings, queue);
  const first = jobPlatformOf(settings, queuesOf(settings, job)[0] ?? "");
  const elsewhere = platformName(jobPlatform) === platformName(first) ? "" : `-${platformName(jobPlatform)}`;
  const own = jobPlatform.platform === "eks" ? differenceOf(settings, only) : undefined;
  const suffix = `${elsewhere}${own ? `-${own.name}` : ""}`;
  return { key: `${job}${suffix}`, job, jobPlatform, suffix, resources: own?.resources, command: own?.command };
}

/**
 * On EKS nothing is overridden when a job is submitted: container overrides are refused there, and Step Functions does not
 * document the overrides of pods. So whatever differs has a definition of its own.
 */
function differenceOf(settings: WorkflowSettings, only: WorkflowRendition | typeof AUDIO | undefined) {
  if (only === AUDIO) return { name: AUDIO, command: JOB_COMMANDS.audio, resources: undefined };
  return only?.resources ? { name: only.name, resources: only.resources, command: undefined } : undefined;
}

function forQueue(settings: WorkflowSettings, job: JobKey, queue: string): JobVariant[] {
  if (job !== "transcode") return [jobVariantFor(settings, job, queue)];
  const usedByParts = settings.parts.some((part) => part.queue === queue);
  return [
    ...(usedByParts ? settings.renditions.map((one) => jobVariantFor(settings, job, queue, one)) : []),
    ...(settings.usesWorkerPlan && queue === audioQueue(settings) ? [jobVariantFor(settings, job, queue, AUDIO)] : []),
  ];
}

/** In the order of the work. */
function queuesOf(settings: WorkflowSettings, job: JobKey): string[] {
  if (job === "features") return [settings.lastQueue];
  if (job === "transcode") return settings.parts.map(({ queue }) => queue);
  return [settings.firstQueue];
}

/** The sound is as urgent as the opening. */
export function audioQueue({ parts, firstQueue }: WorkflowSettings): string {
  return parts[0]?.queue ?? firstQueue;
}
