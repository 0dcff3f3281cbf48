import type { ComputeEnvironment } from "../compute/args";
import { isFargate } from "../compute/defaults";
import type { JobsSettings } from "../jobs/defaults";
import type { Queue } from "../queues/args";

/** A name in AWS that an argument chooses, so that what has it can't exist a second time. */
export interface FixedName {
  path: string;
  value: string;
  /** The arguments that AWS can't change in place, by their names in messages. */
  identity: Record<string, unknown>;
}

interface Named {
  computeEnvironments?: ComputeEnvironment[];
  queues?: Queue[];
}

export function listFixedNames(
  { computeEnvironments = [], queues = [] }: Named,
  settings: { jobs: Pick<JobsSettings, "kinds" | "variants"> },
): FixedName[] {
  return [
    ...computeEnvironments.flatMap((environment, index) =>
      fixed(`computeEnvironments[${index}].computeEnvironmentName`, environment.computeEnvironmentName, {
        "name": environment.name,
        // Batch changes the one kind of instances into the other.
        "type": isFargate(environment.type ?? "") ? environment.type : "instances",
        "eks": environment.eks !== undefined,
        "eks.clusterArn": environment.eks?.clusterArn,
        "eks.namespace": environment.eks?.namespace,
      }),
    ),
    ...queues.flatMap(({ name, jobQueueName, fairShare }, index) =>
      fixed(`queues[${index}].jobQueueName`, jobQueueName, { name, fairShare: fairShare !== undefined }),
    ),
    ...listJobDefinitions(settings.jobs),
  ];
}

function listJobDefinitions({ kinds, variants }: Pick<JobsSettings, "kinds" | "variants">): FixedName[] {
  return variants.flatMap(({ job: key, jobPlatform, suffix }) => {
    const job = kinds[key];
    const name = job?.jobDefinitionName;
    return fixed(`jobs.${key}.jobDefinitionName`, name && `${name}${suffix}`, {
      "the job that has it": key,
      // With claims it is a resource of another type, see `cloudControl.ts`.
      "pod.claimMounts": jobPlatform.platform === "eks" && job !== undefined && job.pod.claimMounts.length > 0,
    });
  });
}

function fixed(path: string, value: string | undefined, identity: Record<string, unknown>): FixedName[] {
  return value === undefined ? [] : [{ path, value, identity }];
}
