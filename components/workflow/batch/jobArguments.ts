import type { JobPlatform } from "../../../contract/jobPlatform";
import type { JobKey, JobParameter } from "../../../contract/jobs";
import type { AUDIO } from "../../../contract/outputs";
import { fargateMemory } from "../../compute/fargate";
import type { Template } from "../asl/states";
import { code, expression } from "../jsonata/code";
import { submitChunks } from "../jsonata/order";
import { VARIABLES } from "../jsonata/variables";
import { jobDefinitionArn, queueArn, type WorkflowArns } from "../settings/arns";
import { jobOf, type JobResources, type WorkflowRendition, type WorkflowSettings } from "../settings/settings";
import { jobVariantFor } from "./jobVariants";
import { shareArguments } from "./shares";

/** A job as a step submits it. */
export interface SubmittedJob {
  job: JobKey;
  queue: string;
  /** Name of the job, without the pipeline's name in front. */
  name: string;
  /** The track that the job encodes. Absent for jobs that encode none. */
  track?: WorkflowRendition | typeof AUDIO;
  /** Values of parameters. Only the parameters in the job's command are submitted. */
  parameters?: Partial<Record<JobParameter, Template>>;
  /** Overrides the job definition's command. Not on EKS, where nothing is overridden. */
  command?: Template[];
  /** The part whose chunks become the children of an array job. Absent for a plain job. */
  chunksOfPart?: number;
  /** Where to read the execution's share. Defaults to the variables. */
  shareFrom?: "input" | "variables";
}

/** The parameters of most jobs, from the variables of the workflow. */
export const COMMON_PARAMETERS = {
  input: expression(VARIABLES.input),
  output: expression(VARIABLES.output),
  plan: expression(VARIABLES.plan),
  maxDamagedShare: expression(VARIABLES.maxDamagedShare),
  event: expression(VARIABLES.event),
};

/** The arguments of a submit, with exactly what the queue and its platform allow. */
export function jobArguments(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { job, queue, name, track, parameters, command, chunksOfPart, shareFrom = "variables" }: SubmittedJob,
): { jobDefinition: string; jobQueue: string; arguments: Template } {
  const { attemptTimeoutSeconds, parameters: names } = jobOf(settings, job);
  const { key, jobPlatform } = jobVariantFor(settings, job, queue, track);
  const jobDefinition = jobDefinitionArn(arns, key);
  const jobQueue = queueArn(arns, queue);
  const rendition = typeof track === "object" ? track : undefined;
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
    ...shareArguments(settings, queue, shareFrom),
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

/** vCPUs, memory and GPUs in the form that Batch takes. On Fargate, memory is rounded up to a size that it offers. */
function requirementsOf(resources: JobResources, { platform }: JobPlatform): Template[] {
  const { vcpus, gpus } = resources;
  const memoryMiB = platform === "fargate" ? fargateMemory(vcpus, resources.memoryMiB) : resources.memoryMiB;
  return [
    { Type: "VCPU", Value: String(vcpus) },
    { Type: "MEMORY", Value: String(memoryMiB) },
    ...(gpus === undefined ? [] : [{ Type: "GPU", Value: String(gpus) }]),
  ];
}
