import type { AttemptDetail, JobDetail } from "@aws-sdk/client-batch";

import { lastSegment } from "../contract/arn";
import type { Json, JsonObject } from "../contract/asl";
import type { JobIdentity, PipelineEvent } from "../contract/events";
import { jobDefinitionName } from "./arn";

interface TrackedJob {
  job: JobIdentity;
  submitted: number;
  /** Number of attempts that events have reported as running and as ended. */
  running: number;
  attempts: number;
  ended: boolean;
}

/** Location of an attempt's log. */
export interface LogStream {
  group: string;
  stream: string;
}

/** Turns each job description from Batch into the events since the previous one. */
export class Jobs {
  readonly #tracked = new Map<string, TrackedJob>();
  /** Logs of attempts, by stream name. */
  readonly logs = new Map<string, LogStream>();

  /** Registers a job that Step Functions has submitted. */
  track(job: JobIdentity, time: number): void {
    this.#tracked.set(job.id, { job, submitted: time, running: 0, attempts: 0, ended: false });
  }

  /** Ids of jobs that may still change, including children of array jobs. */
  unfinishedIds(): string[] {
    return [...this.#tracked.values()].flatMap(({ job, ended }) => (ended ? [] : job.id));
  }

  /** Jobs that are running, with their log streams. */
  runningLogs(details: JobDetail[]): { job: JobIdentity; attempt: number; log: LogStream }[] {
    return details.flatMap((detail) => {
      const known = this.#tracked.get(detail.jobId ?? "");
      const log = detail.status === "RUNNING" ? this.#registerLog(detail, detail.container?.logStreamName) : undefined;
      return known && log ? [{ job: known.job, attempt: known.attempts + 1, log }] : [];
    });
  }

  /** The new events in a description. No event precedes the job's submission, even if the services' clocks differ. */
  read(detail: JobDetail, environment: string, now: number): PipelineEvent[] {
    const events: PipelineEvent[] = [];
    const known = this.#tracked.get(detail.jobId ?? "") ?? this.#child(detail, events);
    const { job } = known;
    const notBefore = (time: number | undefined): number => Math.max(known.submitted, time ?? now);
    const ended = detail.status === "SUCCEEDED" || detail.status === "FAILED";
    const attempts = detail.attempts ?? [];
    const emitRunning = (number: number, time: number, log: string | undefined): void => {
      if (known.running >= number) return;
      known.running = number;
      events.push({ type: "attemptStarting", time, job, attempt: number, computeEnvironment: environment });
      events.push({ type: "attemptRunning", time, job, attempt: number, ...(log === undefined ? {} : { log }) });
    };
    for (; known.attempts < attempts.length; known.attempts++) {
      const attempt = attempts[known.attempts]!;
      const number = known.attempts + 1;
      const log = this.#registerLog(detail, attempt.container?.logStreamName)?.stream;
      emitRunning(number, notBefore(attempt.startedAt ?? attempt.stoppedAt), log);
      const last = number === attempts.length && ended;
      events.push(
        attemptEndedEvent(job, attempt, { number, environment, time: notBefore(attempt.stoppedAt), last, detail, log }),
      );
    }
    if (detail.status === "RUNNING" && detail.startedAt !== undefined && job.arraySize === undefined) {
      emitRunning(
        attempts.length + 1,
        notBefore(detail.startedAt),
        this.#registerLog(detail, detail.container?.logStreamName)?.stream,
      );
    }
    if (ended && !known.ended) {
      known.ended = true;
      const status = detail.status as "SUCCEEDED" | "FAILED";
      events.push({
        type: "jobEnded",
        time: notBefore(detail.stoppedAt),
        job,
        status,
        statusReason: detail.statusReason,
      });
    }
    return events;
  }

  /** Batch itself submits the children of array jobs, with ids `parent:index`. */
  #child(detail: JobDetail, events: PipelineEvent[]): TrackedJob {
    const [parentId] = (detail.jobId ?? "").split(":");
    const parent = this.#tracked.get(parentId ?? "");
    const submitted = Math.max(parent?.submitted ?? 0, detail.createdAt ?? 0);
    const index = detail.arrayProperties?.index;
    const job = { ...identityOf(detail), ...(index === undefined ? {} : { parentId, arrayIndex: index }) };
    this.track(job, submitted);
    events.push({ type: "jobSubmitted", time: submitted, job });
    return this.#tracked.get(job.id)!;
  }

  #registerLog({ container }: JobDetail, stream: string | undefined): LogStream | undefined {
    if (stream === undefined) return undefined;
    const group = container?.logConfiguration?.options?.["awslogs-group"] ?? "/aws/batch/job";
    const log = { group, stream };
    this.logs.set(stream, log);
    return log;
  }
}

export function identityOf(detail: JobDetail): JobIdentity {
  return {
    id: detail.jobId ?? "",
    name: detail.jobName ?? "",
    queue: lastSegment(detail.jobQueue ?? ""),
    definition: jobDefinitionName(detail.jobDefinition ?? ""),
    vcpus: vcpusOf(detail),
  };
}

export function vcpusOf({ container }: JobDetail): number {
  const required = container?.resourceRequirements?.find(({ type }) => type === "VCPU")?.value;
  return Number(required ?? container?.vcpus ?? 0);
}

interface AttemptEnd {
  number: number;
  environment: string;
  time: number;
  /** Whether it is the last attempt. */
  last: boolean;
  detail: JobDetail;
  log: string | undefined;
}

function attemptEndedEvent(
  job: JobIdentity,
  { container, startedAt, statusReason }: AttemptDetail,
  end: AttemptEnd,
): PipelineEvent {
  const { number, environment, time, last, detail, log } = end;
  const exitCode = container?.exitCode;
  const attempt = {
    number,
    environment,
    stoppedAt: time,
    statusReason: statusReason ?? detail.statusReason ?? "",
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(container?.reason === undefined ? {} : { reason: container.reason }),
    ...(log === undefined ? {} : { log }),
  };
  return { type: "attemptEnded", time, job, attempt, succeeded: last && detail.status === "SUCCEEDED", retried: !last };
}

/** Converts a description from Step Functions, which has the same fields as Batch's but capitalised. */
export function toJobDetail(description: JsonObject): JobDetail {
  const lowerKeys = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(lowerKeys);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      // This also converts map keys, such as the names of log options. Those that are read here begin with a small letter.
      Object.entries(value).map(([key, entry]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerKeys(entry)]),
    );
  };
  return lowerKeys(description) as unknown as JobDetail;
}
