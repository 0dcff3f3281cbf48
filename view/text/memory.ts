import type { AttemptRecord, Run } from "../../contract/run";
import { count } from "./format";

/** An attempt whose memory was measured. */
interface Measured {
  peakMemoryMiB: number;
  memoryMiB: number;
}

/** A step whose jobs needed more memory than they have in AWS. */
export interface MemoryShortage extends Measured {
  step: string;
}

/** `412 of 1,024 MiB`. Absent if the memory was not measured. */
export function memoryUse(attempt: AttemptRecord): string | undefined {
  if (!isMeasured(attempt)) return undefined;
  return `${count(attempt.peakMemoryMiB)} of ${count(attempt.memoryMiB)} MiB`;
}

export function needsMoreMemory(attempt: AttemptRecord): boolean {
  return isMeasured(attempt) && attempt.peakMemoryMiB > attempt.memoryMiB;
}

/** The largest shortage of each step, in the order of the steps' jobs. */
export function memoryShortages({ jobs }: Run): MemoryShortage[] {
  const states = new Map(jobs.map(({ id, state }) => [id, state]));
  const largest = new Map<string, MemoryShortage>();
  for (const { name, state, parentId, attempts } of jobs) {
    const step = state ?? states.get(parentId ?? "") ?? name;
    for (const attempt of attempts) {
      if (!isMeasured(attempt) || !needsMoreMemory(attempt)) continue;
      const { peakMemoryMiB, memoryMiB } = attempt;
      if (peakMemoryMiB > (largest.get(step)?.peakMemoryMiB ?? 0))
        largest.set(step, { step, peakMemoryMiB, memoryMiB });
    }
  }
  return [...largest.values()];
}

/** In AWS the job would be killed. */
export function describeShortage({ step, peakMemoryMiB, memoryMiB }: MemoryShortage): string {
  return `${step} needed ${count(peakMemoryMiB)} MiB of memory but has only ${count(memoryMiB)} in AWS: raise its memoryMiB.`;
}

function isMeasured(attempt: Partial<Measured>): attempt is Measured {
  return attempt.peakMemoryMiB !== undefined && attempt.memoryMiB !== undefined;
}
