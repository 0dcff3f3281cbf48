import type { JobPlatform } from "../../contract/jobPlatform";
import type { ComputeEnvironmentSettings } from "../compute/defaults";
import type { FairShare, Part, Queue } from "./args";
import { FAIR_SHARE_LIMITS, QUEUE_LIMITS, SHARE_LIMITS } from "./limits";

export interface QueueSettings {
  name: string;
  priority: number;
  enabled: boolean;
  /** Names of environments, in the order in which Batch tries them. */
  environments: string[];
  /** The platform of its first environment; the checks ensure that the others have the same. */
  jobPlatform: JobPlatform;
  /** Absent when jobs may wait forever. */
  waitLimits?: { capacitySeconds: number; misfitSeconds: number };
  fairShare?: FairShareSettings;
  jobQueueName?: string;
}

export interface FairShareSettings {
  defaultShare: string;
  shares: { identifier: string; weight: number }[];
  decaySeconds: number;
  reservationPercent: number;
}

const DEFAULT_QUEUES: Queue[] = [
  { name: "high", priority: 10 },
  { name: "low", priority: 1 },
];

export function normaliseQueues(
  args: Queue[] = DEFAULT_QUEUES,
  environments: ComputeEnvironmentSettings[],
  queueWaitSeconds: number,
): QueueSettings[] {
  const { min: shortest, max: longest } = QUEUE_LIMITS.capacityWaitSeconds;
  const wait = Math.min(Math.max(queueWaitSeconds, shortest), longest);
  return args.map((queue) => {
    const names = queue.environments?.flatMap((name) => addFallback(name, environments));
    const used = names ?? environments.map(({ name }) => name);
    const first = environments.find(({ name }) => name === used[0]);
    const {
      capacityWaitSeconds = wait,
      misfitWaitSeconds = QUEUE_LIMITS.misfitWaitSeconds.default,
      enableWaitLimits = true,
    } = queue;
    return {
      name: queue.name,
      priority: queue.priority,
      enabled: queue.enabled ?? true,
      environments: used,
      jobPlatform: first?.jobPlatform ?? { platform: "ec2", architecture: "x86_64" },
      ...(enableWaitLimits
        ? { waitLimits: { capacitySeconds: capacityWaitSeconds, misfitSeconds: misfitWaitSeconds } }
        : {}),
      ...(queue.fairShare ? { fairShare: normaliseFairShare(queue.fairShare) } : {}),
      jobQueueName: queue.jobQueueName,
    };
  });
}

/** The name of an environment of Spot capacity includes the On-Demand environment behind it. */
function addFallback(name: string, environments: ComputeEnvironmentSettings[]): string[] {
  const at = environments.findIndex((environment) => environment.name === name);
  const next = environments[at + 1];
  return at >= 0 && next?.path === environments[at]?.path ? [name, next?.name ?? name] : [name];
}

function normaliseFairShare({ defaultShare, shares = [], ...args }: FairShare): FairShareSettings {
  return {
    defaultShare,
    shares: shares.map(({ identifier, weight = SHARE_LIMITS.weight.default }) => ({ identifier, weight })),
    decaySeconds: args.decaySeconds ?? FAIR_SHARE_LIMITS.decaySeconds.default,
    reservationPercent: args.reservationPercent ?? FAIR_SHARE_LIMITS.reservationPercent.default,
  };
}

/** By default the opening on the first queue, so that every video becomes playable early, and the rest on the last. */
export function normaliseParts(args: Part[] | undefined, queues: QueueSettings[]): Part[] {
  return args ?? [{ queue: queues.at(0)?.name ?? "", seconds: 10 }, { queue: queues.at(-1)?.name ?? "" }];
}

/** The parts, counted from 1, whose jobs run on another architecture than those of the first queue. */
export function listOtherArchitectures(parts: Part[], queues: QueueSettings[]): number[] {
  const architectureOf = (queue?: QueueSettings): string | undefined => queue?.jobPlatform.architecture;
  const first = architectureOf(queues[0]);
  return parts.flatMap((part, index) => {
    const own = architectureOf(queues.find(({ name }) => name === part.queue));
    return own === first ? [] : [index + 1];
  });
}
