import type { FairSharePolicy } from "../api/configuration";

/** A waiting job in a queue with shares. */
export interface SharedJob {
  vcpus: number;
  sequence: number;
  share: string;
  schedulingPriority: number;
}

/** Current and past use of a queue's shares. */
export interface ShareUsage {
  /** vCPUs in use, by share. */
  running: ReadonlyMap<string, number>;
  /** Weighted average of past vCPUs, by share. */
  past: ReadonlyMap<string, number>;
}

/**
 * The next job. It belongs to the share with the least use for its weight. Within the share, the highest scheduling priority goes
 * first, then the oldest job. AWS does not publish its formula, but this follows its documentation: a lower weight gets
 * proportionally more, recent use counts more than earlier use, and priorities matter only within a share.
 */
export function nextSharedJob<J extends SharedJob>(
  jobs: readonly J[],
  { weights }: FairSharePolicy,
  { running, past }: ShareUsage,
): J | undefined {
  const load = ({ share }: J): number => {
    const use = (running.get(share) ?? 0) + (past.get(share) ?? 0);
    return use * weightOf(share, weights);
  };
  return [...jobs].sort(
    (a, b) =>
      (a.share === b.share ? b.schedulingPriority - a.schedulingPriority : load(a) - load(b)) ||
      a.sequence - b.sequence,
  )[0];
}

function weightOf(share: string, weights: FairSharePolicy["weights"]): number {
  const entry = weights.find(({ identifier }) =>
    identifier.endsWith("*") ? share.startsWith(identifier.slice(0, -1)) : share === identifier,
  );
  return entry?.weight ?? 1;
}

/**
 * vCPUs that active shares must leave to inactive ones: `(percent / 100) ^ active shares` of all vCPUs.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html
 */
export function reservedVcpus({ reservationPercent }: FairSharePolicy, vcpus: number, activeShares: number): number {
  return reservationPercent === 0 ? 0 : vcpus * (reservationPercent / 100) ** activeShares;
}

/** Records the use of a queue's shares, and lets it decay linearly over the policy's time. */
export class ShareLedger {
  readonly #running = new Map<string, number>();
  #entries: { share: string; end: number; vcpuSeconds: number }[] = [];

  constructor(private readonly decaySeconds: number) {}

  recordStart(share: string, vcpus: number): void {
    this.#running.set(share, (this.#running.get(share) ?? 0) + vcpus);
  }

  /** `now` and `since` are in milliseconds. */
  recordEnd(share: string, vcpus: number, since: number, now: number): void {
    this.recordStart(share, -vcpus);
    this.#entries.push({ share, end: now, vcpuSeconds: (vcpus * (now - since)) / 1000 });
  }

  usage(now: number): ShareUsage {
    const past = new Map<string, number>();
    const remainingWeight = ({ end }: { end: number }): number => 1 - (now - end) / 1000 / this.decaySeconds;
    this.#entries = this.#entries.filter((entry) => remainingWeight(entry) > 0);
    for (const entry of this.#entries) {
      const share = (entry.vcpuSeconds * remainingWeight(entry)) / this.decaySeconds;
      past.set(entry.share, (past.get(entry.share) ?? 0) + share);
    }
    return { running: this.#running, past };
  }
}
