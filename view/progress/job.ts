import type { JobRecord, Run } from "../../contract/run";
import { columnsOf } from "../text/columns";
import { clockTime, countNoun } from "../text/format";
import type { Row } from "./row";

/** Progress of running jobs in percent, by job id. */
export type Percents = ReadonlyMap<string, number>;

/** Columns of the bar, by the least room for the status that it needs. */
const BARS: [room: number, columns: number][] = [
  [75, 20],
  [30, 10],
  [0, 0],
];

export interface JobStatusOptions {
  percents: Percents;
  /** Milliseconds since the epoch. */
  now: number;
  /** Columns for the status. */
  room: number;
}

/** The status of a job, to follow the name of its state. What matters most comes first, and what has no room is omitted. */
export function jobStatus(job: JobRecord, run: Run, { percents, now, room }: JobStatusOptions): Row {
  const chunks = job.arraySize === undefined ? [job] : run.jobs.filter(({ parentId }) => parentId === job.id);
  const attempt = Math.max(0, ...chunks.map(({ attempts }) => attempts.length));
  const again = attempt > 1 ? [`attempt ${attempt}`] : [];
  if (job.ended !== undefined) {
    const details = [clockTime(Date.parse(job.ended) - Date.parse(job.submitted)), ...again];
    return job.status === "SUCCEEDED"
      ? [
          ["good", "✓ "],
          ["plain", details.join(" · ")],
        ]
      : failureStatus(job, chunks, details);
  }
  const started = chunks.flatMap(({ attempts }) => attempts.map((each) => Date.parse(each.started)));
  if (started.length === 0 || chunks.every(({ status }) => status === "RUNNABLE")) {
    const since = clockTime(now - Date.parse(job.submitted));
    return [["dim", joinFitting([`waiting ${since}`, ...again, job.queue], room)]];
  }
  return runningStatus(job, chunks, { elapsed: now - Math.min(...started), again, percents, room });
}

interface Running {
  elapsed: number;
  again: string[];
  percents: Percents;
  room: number;
}

function runningStatus(job: JobRecord, chunks: JobRecord[], { elapsed, again, percents, room }: Running): Row {
  const done = chunks.filter(({ status }) => status === "SUCCEEDED").length;
  const total = chunks.reduce(
    (sum, { id, status }) => sum + (status === "SUCCEEDED" ? 100 : (percents.get(id) ?? 0)),
    0,
  );
  const percent = total / (job.arraySize ?? 1);
  const [, bar = 0] = BARS.find(([least]) => room >= least) ?? [];
  const full = Math.floor((percent / 100) * bar);
  const rest = percent > 0 ? [`${clockTime((elapsed * (100 - percent)) / percent)} left`] : [];
  const facts = [
    ...rest,
    ...(job.arraySize === undefined ? [] : [`${done} of ${countNoun(job.arraySize, "chunk")}`]),
    ...again,
    clockTime(elapsed),
    job.queue,
  ];
  const share = ` ${Math.floor(percent).toString().padStart(3)} %  `;
  return [
    ["busy", "█".repeat(full)],
    ["dim", "░".repeat(bar - full)],
    ["plain", `${share}${joinFitting(facts, room - bar - share.length)}`],
  ];
}

/** The first facts that fit, and always the first one. */
function joinFitting([first = "", ...others]: string[], room: number): string {
  let text = first;
  for (const fact of others) {
    const more = `${text} · ${fact}`;
    if (columnsOf(more) > room) break;
    text = more;
  }
  return text;
}

function failureStatus({ statusReason }: JobRecord, chunks: JobRecord[], details: string[]): Row {
  const last = chunks.find(({ status }) => status === "FAILED")?.attempts.at(-1);
  const code = last?.exitCode === undefined ? [] : [`exit code ${last.exitCode}`];
  const why = last?.lastErrorLine ?? last?.reason ?? last?.statusReason ?? statusReason;
  return [
    ["bad", "✗ "],
    ["plain", [...details, ...code].join(" · ")],
    ...(why === undefined ? [] : ([["bad", `: ${why}`]] satisfies Row)),
  ];
}

/** The last log lines of a job's last failed attempt. Empty once an attempt has succeeded. */
export function lastLogLines(job: JobRecord, run: Run): string[] {
  if (job.status === "SUCCEEDED") return [];
  const chunks = job.arraySize === undefined ? [job] : run.jobs.filter(({ parentId }) => parentId === job.id);
  return chunks.flatMap(({ attempts }) => attempts).findLast(({ logTail }) => logTail !== undefined)?.logTail ?? [];
}
