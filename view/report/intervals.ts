import type { AttemptRecord, JobRecord, Run } from "../../contract/run";

/** A job, or an array job with its children, as a row of the timeline. */
export interface TimelineRow {
  label: string;
  queue: string;
  vcpus: number;
  waits: Interval[];
  bars: Bar[];
  /** Number of lanes for overlapping bars. */
  lanes: number;
}

/** An interval in milliseconds from the start of the run. */
export interface Interval {
  from: number;
  to: number;
}

export interface Bar extends Interval {
  lane: number;
  job: JobRecord;
  attempt: AttemptRecord;
  outcome: "succeeded" | "failed" | "stopped" | "running";
}

export function span(run: Run, now: number): number {
  const end = run.ended === undefined ? now : Date.parse(run.ended);
  return Math.max(1, end - Date.parse(run.started));
}

/** One row per job, with one bar per attempt. */
export function timelineRows(run: Run, now: number): TimelineRow[] {
  const start = Date.parse(run.started);
  const whole = span(run, now);
  const at = (time: string | undefined): number => (time === undefined ? whole : Date.parse(time) - start);
  return run.jobs
    .filter(({ parentId }) => parentId === undefined)
    .map((job) => {
      const stopped = wasStopped(job, run);
      const children = job.arraySize === undefined ? [job] : run.jobs.filter(({ parentId }) => parentId === job.id);
      const bars = children.flatMap((child) => child.attempts.map((attempt) => bar(child, attempt, { at, stopped })));
      const lanes = assignLanes(bars);
      return {
        label: job.state ?? job.name,
        queue: job.queue,
        vcpus: job.vcpus,
        waits:
          job.arraySize === undefined
            ? waits(job, at)
            : [{ from: at(job.submitted), to: firstStart(bars, at(job.ended)) }],
        bars,
        lanes,
      };
    });
}

/** Whether a job was stopped with others, or with the whole run, instead of failing by itself. */
export function wasStopped({ state }: JobRecord, { states }: Run): boolean {
  return states.findLast(({ name }) => name === state)?.outcome === "cancelled";
}

interface Placing {
  at: (time: string | undefined) => number;
  stopped: boolean;
}

function bar(job: JobRecord, attempt: AttemptRecord, { at, stopped }: Placing): Bar {
  const last = job.attempts.at(-1) === attempt;
  const succeeded = attempt.exitCode === 0 || (last && job.status === "SUCCEEDED");
  const unsuccessful = stopped && last ? "stopped" : "failed";
  const outcome = attempt.ended === undefined ? "running" : succeeded ? "succeeded" : unsuccessful;
  const from = at(attempt.started);
  return { job, attempt, outcome, lane: 0, from, to: Math.max(from, at(attempt.ended)) };
}

/** The intervals before the first attempt and between attempts. */
function waits({ submitted, attempts, ended }: JobRecord, at: (time: string | undefined) => number): Interval[] {
  const froms = [submitted, ...attempts.map((attempt) => attempt.ended)];
  return froms.flatMap((from, index) => {
    const next = attempts[index];
    if (next === undefined && (index > 0 || ended !== undefined)) return [];
    const interval = { from: at(from), to: at(next?.started) };
    return interval.to > interval.from ? [interval] : [];
  });
}

function firstStart(bars: Bar[], ended: number): number {
  return Math.min(ended, ...bars.map(({ from }) => from));
}

/** Assigns the first free lane to every bar, and returns the number of lanes. */
function assignLanes(bars: Bar[]): number {
  const ends: number[] = [];
  for (const each of [...bars].sort((a, b) => a.from - b.from)) {
    const free = ends.findIndex((end) => end <= each.from);
    each.lane = free === -1 ? ends.length : free;
    ends[each.lane] = each.to;
  }
  return Math.max(1, ends.length);
}

/** The number of vCPUs in use after each change. */
export function vcpuSteps(rows: TimelineRow[]): { at: number; vcpus: number }[] {
  const changes = new Map<number, number>();
  const change = (at: number, by: number): void => void changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { bars } of rows) {
    for (const { from, to, job } of bars) {
      change(from, job.vcpus);
      change(to, -job.vcpus);
    }
  }
  let vcpus = 0;
  return [...changes].sort(([a], [b]) => a - b).map(([at, by]) => ({ at, vcpus: (vcpus += by) }));
}

/** Round times for the axis, at most `most` after zero. */
export function ticks(whole: number, most: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const step = 1000 * (steps.find((seconds) => whole / (seconds * 1000) <= most) ?? 7 * 86_400);
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, index) => index * step);
}
