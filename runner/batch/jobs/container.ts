import type { JobDefinition } from "../api/configuration";
import type { Submission } from "../api/submission";

/** The settings of a job's container after the overrides of the submission. */
export interface ContainerPlan {
  command: string[];
  environment: Record<string, string>;
  vcpus: number;
  memoryMiB: number;
  parameters: Record<string, string>;
}

export function planContainer(definition: JobDefinition, submission: Submission): ContainerPlan {
  const parameters = { ...definition.parameters, ...submission.parameters };
  return {
    command: (submission.command ?? definition.command).map((word) => substitute(word, parameters)),
    environment: { ...definition.environment, ...submission.environment },
    vcpus: submission.vcpus ?? definition.vcpus,
    memoryMiB: submission.memoryMiB ?? definition.memoryMiB,
    parameters,
  };
}

/** Replaces only whole words of the command, because Batch documents no placeholders inside words. */
function substitute(word: string, parameters: Record<string, string>): string {
  if (!word.startsWith("Ref::")) return word;
  return parameters[word.slice("Ref::".length)] ?? word;
}
