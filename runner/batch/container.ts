import type { JobDefinition } from "./configuration";
import type { Submission } from "./submission";

/** What a job's container runs, after the submit's overrides. */
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

/** A word of the command is replaced as a whole: Batch documents no placeholder inside a word. */
function substitute(word: string, parameters: Record<string, string>): string {
  if (!word.startsWith("Ref::")) return word;
  return parameters[word.slice("Ref::".length)] ?? word;
}
