import type { JobPlatform } from "../../../contract/jobPlatform";
import type { JobKey, JobParameter } from "../../../contract/jobs";
import { fargateMemory } from "../../compute/fargate";
import type { Template } from "../asl/states";
import { code, expression } from "../jsonata/code";
import { submitChunks } from "../jsonata/plan";
import { VARIABLES } from "../jsonata/variables";
import { jobDefinitionArn, queueArn, type WorkflowArns } from "../settings/arns";
import { jobOf, type JobResources, type WorkflowRendition, type WorkflowSettings } from "../settings/settings";
import { type AUDIO, jobVariantFor } from "./jobVariants";
import { shareOf } from "./shares";

/** A job as a step submits it. */
export interface SubmittedJob {
  job: JobKey;
  queue: string;
  /** What the job is called, behind the pipeline's name. */
  name: string;
  /** The rendition, or the sound, that the job is about. */
  only?: WorkflowRendition | typeof AUDIO;
  /** Values of parameters. Only those that the job's command has are submitted. */
  parameters?: Partial<Record<JobParameter, Template>>;
  /** Instead of the job definition's. On EKS, where nothing is overridden, the definition has it already. */
  command?: Template[];
  /** The part whose chunks become the children of an array job. Absent for a plain job. */
  chunksOfPart?: number;
  /** Where the execution's share is found. Defaults to the variables. */
  shareFrom?: "input" | "variables";
}

/** The parameters that nearly all jobs have, from the variables of the workflow. */
export const COMMON_PARAMETERS = {
  input: expression(VARIABLES.input),
  output: expression(VARIABLES.output),
  plan: expression(VARIABLES.plan),
};

/** The arguments of a submit, with exactly what the queue and its platform allow. */
export function jobArguments(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { job, queue, name, only, parameters, command, chunksOfPart, shareFrom = "variables" }: SubmittedJob,
): { jobDefinition: string; jobQueue: string; arguments: Template } {
  const { attemptTimeoutSeconds, parameters: names } = jobOf(settings, job);
  const { key, jobPlatform } = jobVariantFor(settings, job, queue, only);
  const jobDefinition = jobDefinitionArn(arns, key);
  const jobQueue = queueArn(arns, queue);
  const rendition = typeof only === "object" ? only : undefined;
  const picked = parameters && pickParameters(names, parameters);
  const overrides =
    jobPlatform.platform === "eks" ? undefined : overridesOf(jobPlatform, rendition?.resources, command);
  const seconds = rendition?.attemptTimeoutSeconds;
  const plain: Template = {
    JobName: `${settings.name}-${name}`,
    JobDefinition: jobDefinition,
    JobQueue: jobQueue,
    ...(picked ? { Parameters: picked } : {}),
    ...(overrides ? { ContainerOverrides: overrides } : {}),
    ...(seconds !== undefined && seconds !== attemptTimeoutSeconds
      ? { Timeout: { AttemptDurationSeconds: seconds } }
      : {}),
    ...shareOf(settings, queue, shareFrom),
  };
  return {
    jobDefinition,
    jobQueue,
    arguments: chunksOfPart === undefined ? plain : expression(submitChunks(code(plain), chunksOfPart)),
  };
}

/** Batch refuses parameters that the command does not name, and placeholders without a parameter. */
function pickParameters(
  names: JobParameter[],
  values: Partial<Record<JobParameter, Template>>,
): Record<string, Template> | undefined {
  const entries = names.flatMap((name): [string, Template][] => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function overridesOf(jobPlatform: JobPlatform, resources: JobResources | undefined, command: Template[] | undefined) {
  if (!resources && !command) return undefined;
  return {
    ...(command ? { Command: command } : {}),
    ...(resources ? { ResourceRequirements: requirementsOf(resources, jobPlatform) } : {}),
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
