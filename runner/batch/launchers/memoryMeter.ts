import { readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 250;
/** Looking takes at most this share of a processor: a machine may run thousands of processes. Waiting for others is no work. */
const LARGEST_SHARE = 0.05;

/**
 * Measures the peak memory of process groups: the resident memory of all their processes together, looked up several times a second, or the
 * kernel's peak of a single process if that is higher. Pages that processes share, such as those of programs and libraries, count for each
 * of them, so that the result is rather too high than too low. Only Linux shows it. It never fails.
 */
export class MemoryMeter {
  /** KiB by process group. */
  readonly #peaks = new Map<number, number>();
  #timer?: NodeJS.Timeout;

  /** Begins to watch a group. The returned function ends that, and returns the peak in MiB if anything was seen. */
  watch(group: number | undefined): () => number | undefined {
    if (group === undefined || process.platform !== "linux") return () => undefined;
    this.#peaks.set(group, 0);
    // A job may be short, so that it is not left to the next look at the others.
    this.#lookIn(INTERVAL_MS / 5);
    return () => {
      const peak = this.#peaks.get(group) ?? 0;
      this.#peaks.delete(group);
      return peak === 0 ? undefined : Math.ceil(peak / 1024);
    };
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), milliseconds).unref();
  }

  #look(): void {
    if (this.#peaks.size === 0) return;
    const before = process.cpuUsage();
    const sums = new Map<number, number>();
    for (const { group, resident, highest } of processesOf(this.#peaks)) {
      const sum = (sums.get(group) ?? 0) + resident;
      sums.set(group, sum);
      this.#peaks.set(group, Math.max(this.#peaks.get(group) ?? 0, sum, highest));
    }
    const { user, system } = process.cpuUsage(before);
    this.#lookIn(Math.max(INTERVAL_MS, (user + system) / 1000 / LARGEST_SHARE));
  }
}

interface ProcessMemory {
  group: number;
  /** KiB. */
  resident: number;
  highest: number;
}

function* processesOf(groups: ReadonlyMap<number, unknown>): Generator<ProcessMemory> {
  for (const id of attempt(() => readdirSync("/proc")) ?? []) {
    if (!/^\d+$/.test(id)) continue;
    // The name in brackets can contain spaces; behind it are the state, the parent and the group.
    const stat = attempt(() => readFileSync(`/proc/${id}/stat`, "utf8")) ?? "";
    const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
    if (!groups.has(group)) continue;
    const status = attempt(() => readFileSync(`/proc/${id}/status`, "utf8")) ?? "";
    const kibibytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    yield { group, resident: kibibytes("VmRSS"), highest: kibibytes("VmHWM") };
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
    // eslint-disable-next-line no-restricted-syntax -- the process has ended between two looks at it
  } catch {
    return undefined;
  }
}
