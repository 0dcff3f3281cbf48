import { fargateMemory } from "../../compute/fargate";
import type { JobPlatform } from "../../../contract/jobPlatform";
import type { Template } from "../asl/states";
import { type AUDIO, jobVariantFor } from "./jobVariants";
import type { JobKey } from "../../../contract/jobs";
import type { JobResources, WorkflowArns, WorkflowRendition, WorkflowSettings } from "../settings/settings";
import { shareOf } from "./shares";
import { jobDefinitionArn, queueArn } from "../asl/builtStates";

export interface JobOnQueue {
  job: JobKey;
  queue: string;
  /** What the job is called, behind the pipeline's name. */
  name: string;
  parameters?: Record<string, Template>;
  /** The rendition, or the sound, that the job is about. */
  only?: WorkflowRendition | typeof AUDIO;
  /** Instead of the job definition's. On EKS, where nothing is overridden, the definition has it already. */
  command?: Template[];
  /** Where the execution's share is found. Defaults to the variables. */
  shareFrom?: "input" | "variables";
}

/** The arguments of a submit, with exactly what the queue and its platform allow. */
export function jobOnQueue(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { job, queue, name, parameters, only, command, shareFrom = "variables" }: JobOnQueue,
): { jobDefinition: string; jobQueue: string; arguments: { [key: string]: Template } } {
  const definition = jobVariantFor(settings, job, queue, only);
  const jobDefinition = jobDefinitionArn(arns, definition.key);
  const jobQueue = queueArn(arns, queue);
  const rendition = typeof only === "object" ? only : undefined;
  const overrides =
    definition.site.platform === "eks" ? undefined : overridesOf(definition.site, rendition?.resources, command);
  const seconds = rendition?.attemptTimeoutSeconds;
  return {
    jobDefinition,
    jobQueue,
    arguments: {
      JobName: `${settings.name}-${name}`,
      JobDefinition: jobDefinition,
      JobQueue: jobQueue,
      ...(parameters ? { Parameters: parameters } : {}),
      ...(overrides ? { ContainerOverrides: overrides } : {}),
      ...(seconds !== undefined && seconds !== settings.jobs[job]?.attemptTimeoutSeconds
        ? { Timeout: { AttemptDurationSeconds: seconds } }
        : {}),
      ...shareOf(settings, queue, shareFrom),
    },
  };
}

function overridesOf(site: JobPlatform, resources: JobResources | undefined, command: Template[] | undefined) {
  if (!resources && !command) return undefined;
  return {
    ...(command ? { Command: command } : {}),
    ...(resources ? { ResourceRequirements: requirementsOf(resources, site) } : {}),
  };
}

/** vCPUs, memory and GPUs as Batch takes them, with a memory that Fargate has where the job runs there. */
function requirementsOf(resources: JobResources, { platform }: JobPlatform): Template[] {
  const { vcpus, gpus } = resources;
  const memoryMiB = platform === "fargate" ? fargateMemory(vcpus, resources.memoryMiB) : resources.memoryMiB;
  return [
    { Type: "VCPU", Value: String(vcpus) },
    { Type: "MEMORY", Value: String(memoryMiB) },
    ...(gpus === undefined ? [] : [{ Type: "GPU", Value: String(gpus) }]),
  ];
}
