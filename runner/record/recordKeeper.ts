import { relative } from "node:path";

import type { Attempt, JobIdentity, PipelineEvent } from "../../contract/events";
import { damageFrom } from "../../contract/notices";
import { explainFailure } from "./failure";
import { timesOf } from "./times";
import type { AttemptRecord, JobRecord, Run, StateRecord } from "../../contract/run";

type Apply = { [Type in PipelineEvent["type"]]: (event: Extract<PipelineEvent, { type: Type }>) => boolean };

/** Turns the events of a run into its record. */
export class RecordKeeper<R extends Run = Run> {
  readonly #states = new Map<number, StateRecord>();
  readonly #jobs = new Map<string, JobRecord>();

  constructor(
    readonly record: R,
    private readonly directory: string,
  ) {}

  /** Returns whether the record has changed. */
  apply(event: PipelineEvent): boolean {
    return (this.#apply[event.type] as (event: PipelineEvent) => boolean)(event);
  }

  readonly #apply: Apply = {
    executionStarted: ({ id, input, time }) => this.#assign({ execution: id, input, started: iso(time) }),
    executionEnded: ({ status, output, error, cause, time }) => {
      this.#assign({ status, output, error, cause, ended: iso(time) });
      return this.#assign({
        failure: explainFailure(this.record),
        ...timesOf(this.record),
        ...damageFrom(this.record),
      });
    },
    stateEntered: ({ visit, time }) =>
      add(this.#states, visit.id, this.record.states, {
        visit: visit.id,
        name: visit.state,
        type: visit.type,
        path: visit.path,
        entered: iso(time),
        retries: 0,
      }),
    stateRetried: ({ visit, error, cause }) =>
      update(this.#states.get(visit.id), (state) => Object.assign(state, { retries: state.retries + 1, error, cause })),
    stateExited: ({ visit, outcome, error, cause, time }) =>
      update(this.#states.get(visit.id), (state) => Object.assign(state, { exited: iso(time), outcome, error, cause })),
    taskSubmitted: ({ jobId, visit }) => update(this.#jobs.get(jobId), (job) => (job.state = visit.state)),
    jobSubmitted: ({ job, time }) => add(this.#jobs, job.id, this.record.jobs, jobRecord(job, iso(time))),
    attemptStarting: ({ job: { id }, attempt, computeEnvironment, time }) =>
      update(this.#jobs.get(id), (job) => {
        job.status = "STARTING";
        job.attempts.push({ attempt, computeEnvironment, started: iso(time) });
      }),
    attemptRunning: ({ job: { id }, log, time }) =>
      update(this.#jobs.get(id), (job) => {
        job.status = "RUNNING";
        Object.assign(job.attempts.at(-1) as AttemptRecord, { started: iso(time), log: this.#relative(log) });
      }),
    attemptEnded: ({ job: { id }, attempt, retried }) =>
      update(this.#jobs.get(id), (job) => {
        job.status = retried ? "RUNNABLE" : job.status;
        Object.assign(job.attempts.at(-1) as AttemptRecord, attemptEnd(attempt));
      }),
    attemptLogTail: ({ job: { id }, attempt: number, lines }) =>
      update(
        this.#jobs.get(id)?.attempts.find(({ attempt }) => attempt === number),
        (attempt) => (attempt.logTail = lines),
      ),
    attemptProgress: () => false,
    renditionPlayable: ({ rendition, time }) => {
      const { playable = [] } = this.record;
      if (playable.some((known) => known.rendition === rendition)) return false;
      return this.#assign({ playable: [...playable, { rendition, time: iso(time) }] });
    },
    jobStuck: () => false,
    jobEnded: ({ job: { id }, status, statusReason, time }) =>
      update(this.#jobs.get(id), (job) => Object.assign(job, { status, statusReason, ended: iso(time) })),
    eventSent: ({ event, time }) =>
      this.#assign({ events: [...(this.record.events ?? []), { ...event, time: iso(time) }] }),
    notificationPublished: ({ notification, time }) => {
      this.record.notifications.push({ ...notification, time: iso(time) });
      return true;
    },
  };

  #assign(members: Partial<Run>): true {
    Object.assign(this.record, members);
    return true;
  }

  #relative(path: string | undefined): string | undefined {
    return path === undefined ? undefined : relative(this.directory, path);
  }
}

function add<Key, Entry>(index: Map<Key, Entry>, key: Key, list: Entry[], entry: Entry): true {
  index.set(key, entry);
  list.push(entry);
  return true;
}

function update<Entry>(entry: Entry | undefined, change: (entry: Entry) => void): boolean {
  if (entry) change(entry);
  return entry !== undefined;
}

function attemptEnd(attempt: Attempt): Partial<AttemptRecord> {
  const { stoppedAt, exitCode, reason, statusReason, lastErrorLine, peakMemoryMiB, memoryMiB } = attempt;
  const memory = peakMemoryMiB === undefined ? {} : { peakMemoryMiB, memoryMiB };
  return { ended: iso(stoppedAt), exitCode, reason, statusReason, lastErrorLine, ...memory };
}

function jobRecord(job: JobIdentity, submitted: string): JobRecord {
  return { ...job, status: "RUNNABLE", submitted, attempts: [] };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
