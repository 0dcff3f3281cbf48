import type { FairShareArgs, QueueArgs } from "./args";
import type { JobPlatform } from "../../contract/jobPlatform";
import type { ComputeEnvironment } from "../compute/defaults";

export interface Queue {
  name: string;
  priority: number;
  enabled: boolean;
  /** Names of environments that exist, in the order in which they are tried. */
  environments: string[];
  /** That of its first environment; the validation sees to it that the others have the same. */
  site: JobPlatform;
  /** Absent when jobs may wait for ever. */
  waitLimits?: { capacitySeconds: number; misfitSeconds: number };
  fairShare?: FairShare;
  jobQueueName?: string;
}

export interface FairShare {
  defaultShare: string;
  shares: { identifier: string; weight: number }[];
  decaySeconds: number;
  reservationPercent: number;
}

/** What Batch allows, for each of the limits. */
export const LEAST_WAIT = 600;
export const MOST_WAIT = 86_400;

const DEFAULT_QUEUES: QueueArgs[] = [
  { name: "high", priority: 10 },
  { name: "low", priority: 1 },
];

export function queuesOf(
  args: QueueArgs[] | undefined,
  environments: ComputeEnvironment[],
  acceptedWaitSeconds: number,
): Queue[] {
  return (args ?? DEFAULT_QUEUES).map((queue) => {
    const names = queue.environments?.flatMap((name) => withFallback(name, environments));
    const used = names ?? environments.map(({ name }) => name);
    const first = environments.find(({ name }) => name === used[0]);
    const wait = Math.min(Math.max(acceptedWaitSeconds, LEAST_WAIT), MOST_WAIT);
    return {
      name: queue.name,
      priority: queue.priority,
      enabled: queue.enabled ?? true,
      environments: used,
      site: first?.site ?? { platform: "ec2", architecture: "x86_64" },
      ...((queue.enableWaitLimits ?? true)
        ? {
            waitLimits: {
              capacitySeconds: queue.capacityWaitSeconds ?? wait,
              misfitSeconds: queue.misfitWaitSeconds ?? LEAST_WAIT,
            },
          }
        : {}),
      ...(queue.fairShare ? { fairShare: fairShareOf(queue.fairShare) } : {}),
      jobQueueName: queue.jobQueueName,
    };
  });
}

/** An environment of Spot capacity stands for itself and the On-Demand one behind it. */
function withFallback(name: string, environments: ComputeEnvironment[]): string[] {
  const at = environments.findIndex((environment) => environment.name === name);
  const next = environments[at + 1];
  return at >= 0 && next?.path === environments[at]?.path ? [name, next?.name ?? name] : [name];
}

function fairShareOf({ defaultShare, shares = [], decaySeconds, reservationPercent }: FairShareArgs): FairShare {
  return {
    defaultShare,
    shares: shares.map(({ identifier, weight = 1 }) => ({ identifier, weight })),
    decaySeconds: decaySeconds ?? 3600,
    reservationPercent: reservationPercent ?? 0,
  };
}
