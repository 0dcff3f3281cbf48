import { relative } from "node:path";

import type { Attempt, JobIdentity, PipelineEvent } from "../../contract/events";
import { explainFailure } from "./failure";
import { timesOf } from "./times";
import type { AttemptRecord, JobRecord, Run, StateRecord } from "../../contract/run";

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
    const at = iso(event.time);
    switch (event.type) {
      case "executionStarted":
        Object.assign(this.record, { execution: event.id, input: event.input, started: at });
        return true;
      case "stateEntered":
        return this.#add(this.#states, event.visit.id, this.record.states, {
          visit: event.visit.id,
          name: event.visit.state,
          type: event.visit.type,
          path: event.visit.path,
          entered: at,
          retries: 0,
        });
      case "stateRetried":
        return this.#update(this.#states.get(event.visit.id), (state) => {
          Object.assign(state, { retries: state.retries + 1, error: event.error, cause: event.cause });
        });
      case "stateExited": {
        const { outcome, error, cause } = event;
        return this.#update(this.#states.get(event.visit.id), (state) => {
          Object.assign(state, { exited: at, outcome, error, cause });
        });
      }
      case "taskSubmitted":
        return this.#update(this.#jobs.get(event.jobId), (job) => (job.state = event.visit.state));
      case "jobSubmitted":
        return this.#add(this.#jobs, event.job.id, this.record.jobs, jobRecord(event.job, at));
      case "attemptStarting":
        return this.#update(this.#jobs.get(event.job.id), (job) => {
          job.status = "STARTING";
          const { attempt, computeEnvironment } = event;
          job.attempts.push({ attempt, computeEnvironment, started: at });
        });
      case "attemptRunning":
        return this.#update(this.#jobs.get(event.job.id), (job) => {
          job.status = "RUNNING";
          Object.assign(job.attempts.at(-1) as AttemptRecord, { started: at, log: this.#log(event.log) });
        });
      case "attemptEnded":
        return this.#update(this.#jobs.get(event.job.id), (job) => {
          job.status = event.retried ? "RUNNABLE" : job.status;
          Object.assign(job.attempts.at(-1) as AttemptRecord, this.#attemptEnd(event.attempt));
        });
      case "attemptLogTail":
        return this.#update(
          this.#jobs.get(event.job.id)?.attempts.find(({ attempt }) => attempt === event.attempt),
          (attempt) => (attempt.logTail = event.lines),
        );
      case "renditionPlayable": {
        const { playable = [] } = this.record;
        const known = playable.some(({ rendition }) => rendition === event.rendition);
        if (!known) this.record.playable = [...playable, { rendition: event.rendition, time: at }];
        return !known;
      }
      case "jobEnded":
        return this.#update(this.#jobs.get(event.job.id), (job) => {
          Object.assign(job, { status: event.status, statusReason: event.statusReason, ended: at });
        });
      case "notificationPublished":
        this.record.notifications.push({ ...event.notification, time: at });
        return true;
      case "executionEnded": {
        const { status, output, error, cause } = event;
        Object.assign(this.record, { status, output, error, cause, ended: at });
        this.record.failure = explainFailure(this.record);
        Object.assign(this.record, timesOf(this.record));
        return true;
      }
      case "attemptProgress":
      case "jobStuck":
        return false;
    }
  }

  #add<K, R>(index: Map<K, R>, key: K, list: R[], entry: R): true {
    index.set(key, entry);
    list.push(entry);
    return true;
  }

  #update<R>(entry: R | undefined, change: (entry: R) => void): boolean {
    if (entry) change(entry);
    return entry !== undefined;
  }

  #attemptEnd({ stoppedAt, exitCode, reason, statusReason, lastErrorLine }: Attempt): Partial<AttemptRecord> {
    return { ended: iso(stoppedAt), exitCode, reason, statusReason, lastErrorLine };
  }

  #log(path: string | undefined): string | undefined {
    return path === undefined ? undefined : relative(this.directory, path);
  }
}

function jobRecord(job: JobIdentity, submitted: string): JobRecord {
  return { ...job, status: "RUNNABLE", submitted, attempts: [] };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
