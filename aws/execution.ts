import type { JobDetail } from "@aws-sdk/client-batch";
import type { HistoryEvent } from "@aws-sdk/client-sfn";

import { lastSegment } from "../contract/arn";
import type { JobIdentity, PipelineEvent } from "../contract/events";
import type { Run } from "../contract/run";
import { lastLines } from "../runner/record/logTail";
import type { Account } from "./account";
import { machineOfExecution } from "./arn";
import { History } from "./history";
import { toJobDetail, Jobs, vcpusOf, type LogStream } from "./jobs";
import { readLog, readLogLines } from "./logs";
import { PlayableFinder } from "./playable";
import { readQueues, type Queues } from "./queues";

/** Maximum number of jobs in a DescribeJobs call. */
const MAX_DESCRIBED_JOBS = 100;
/** Maximum number of running jobs whose progress is read at each poll. */
const MAX_WATCHED_JOBS = 20;

/** Reads an execution in AWS as the same events that a local run emits. */
export class ExecutionReader {
  readonly #jobs = new Jobs();
  readonly #percents = new Map<string, number>();
  readonly #playable = new PlayableFinder();
  readonly #history: History;
  #lastEventId = 0;

  private constructor(
    private readonly account: Account,
    private readonly arn: string,
    readonly definition: unknown,
    readonly queues: Queues,
  ) {
    this.#history = new History(arn, definition);
  }

  static async open(account: Account, arn: string): Promise<ExecutionReader> {
    const response = await account.stepFunctions((sdk, client) =>
      client.send(new sdk.DescribeStateMachineForExecutionCommand({ executionArn: arn })),
    );
    const definition = JSON.parse(response.definition ?? "{}") as unknown;
    const queues = await readQueues(account, definition);
    return new ExecutionReader(account, arn, definition, queues);
  }

  /** URI of the output. Absent until the history shows it. */
  get output(): string | undefined {
    return this.#history.output;
  }

  get logs(): ReadonlyMap<string, LogStream> {
    return this.#jobs.logs;
  }

  /** The initial record. */
  emptyRun(): Run {
    return {
      status: "RUNNING",
      execution: this.arn,
      stateMachine: machineOfExecution(this.arn)?.name ?? this.arn,
      input: null,
      started: new Date(0).toISOString(),
      vcpus: this.queues.limits,
      states: [],
      jobs: [],
      notifications: [],
    };
  }

  /** The events since the last poll, in order. */
  async poll(): Promise<PipelineEvent[]> {
    const historyEvents = dropEndsBeforeRedrive(
      (await this.#readNewHistory()).flatMap((event) => this.#history.read(event)),
    );
    const submitted = historyEvents.flatMap((event) => (event.type === "jobSubmitted" ? event : []));
    for (const { job, time } of submitted) this.#jobs.track(job, time);
    const details = await this.#describe();
    for (const { job } of submitted) {
      const detail = details.find(({ jobId }) => jobId === job.id);
      if (detail) job.vcpus = vcpusOf(detail);
    }
    const jobEvents = details.flatMap((detail) =>
      this.#jobs.read(detail, this.queues.environments[lastSegment(detail.jobQueue ?? "")] ?? "", Date.now()),
    );
    const addedEvents = [
      ...(await this.#addLogTails(jobEvents)),
      ...(await this.#readProgress(details)),
      ...(await this.#playable.findInLogs(jobEvents, async (name) => {
        const log = this.#jobs.logs.get(name);
        return log ? readLogLines(this.account, log) : [];
      })),
    ];
    const end = historyEvents.filter(({ type }) => type === "executionEnded");
    const before = historyEvents.filter(({ type }) => type !== "executionEnded");
    return [...inOrder(before, addedEvents), ...end];
  }

  /** Reads the newest events first, back to those that are known. */
  async #readNewHistory(): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const token = nextToken;
      const page = await this.account.stepFunctions((sdk, client) =>
        client.send(
          new sdk.GetExecutionHistoryCommand({
            ...{ executionArn: this.arn, reverseOrder: true, includeExecutionData: true },
            ...{ maxResults: this.#lastEventId === 0 ? 1000 : 100, nextToken: token },
          }),
        ),
      );
      const fresh = (page.events ?? []).filter(({ id = 0 }) => id > this.#lastEventId);
      events.push(...fresh);
      nextToken = fresh.length === page.events?.length ? page.nextToken : undefined;
    } while (nextToken !== undefined);
    events.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
    this.#lastEventId = events.at(-1)?.id ?? this.#lastEventId;
    return events;
  }

  /** Describes all jobs that may have changed. Step Functions still has descriptions that Batch has deleted. */
  async #describe(): Promise<JobDetail[]> {
    const wanted = this.#jobs.unfinishedIds();
    const found = await this.#describeJobs(wanted);
    const arrays = found.filter(({ arrayProperties }) => arrayProperties?.size !== undefined);
    const children = arrays.flatMap(({ jobId, arrayProperties }) =>
      Array.from({ length: arrayProperties?.size ?? 0 }, (_, index) => `${jobId}:${index}`),
    );
    const known = new Set(found.map(({ jobId }) => jobId));
    const missing = children.filter((id) => !known.has(id));
    const forgotten = wanted.flatMap((id) => {
      const kept = known.has(id) ? undefined : this.#history.finishedJobs.get(id);
      return kept ? toJobDetail(kept) : [];
    });
    // Children come first, because an array job ends with its last child.
    const all = [...(await this.#describeJobs(missing)), ...found, ...forgotten];
    return all.sort((a, b) => Number(a.arrayProperties?.size ?? 0) - Number(b.arrayProperties?.size ?? 0));
  }

  async #describeJobs(ids: string[]): Promise<JobDetail[]> {
    const details: JobDetail[] = [];
    for (let from = 0; from < ids.length; from += MAX_DESCRIBED_JOBS) {
      const jobs = ids.slice(from, from + MAX_DESCRIBED_JOBS);
      const page = await this.account.batch((sdk, client) => client.send(new sdk.DescribeJobsCommand({ jobs })));
      details.push(...(page.jobs ?? []));
    }
    return details;
  }

  /** Adds the last log lines to each failed attempt. */
  async #addLogTails(events: PipelineEvent[]): Promise<PipelineEvent[]> {
    const withTails: PipelineEvent[] = [];
    for (const event of events) {
      withTails.push(event);
      if (event.type !== "attemptEnded" || event.succeeded || event.attempt.log === undefined) continue;
      const log = this.#jobs.logs.get(event.attempt.log);
      const lines = log ? lastLines((await readLog(this.account, log, { last: 30 })).join("\n")) : [];
      if (lines.length === 0) continue;
      event.attempt.lastErrorLine = lines.at(-1);
      const { time, job, attempt } = event;
      withTails.push({ type: "attemptLogTail", time, job, attempt: attempt.number, lines });
    }
    return withTails;
  }

  /** The worker writes its progress to its log. */
  async #readProgress(details: JobDetail[]): Promise<PipelineEvent[]> {
    const running = this.#jobs.runningLogs(details).slice(0, MAX_WATCHED_JOBS);
    const found = await Promise.all(
      running.map(async ({ job, attempt, log }): Promise<PipelineEvent[]> => {
        const lines = await readLog(this.account, log, { last: 10 });
        const line = lines.findLast((each) => /^progress \d/.test(each));
        const percent = line === undefined ? undefined : Number(/[\d.]+/.exec(line)?.[0]);
        if (percent === undefined || percent === this.#percents.get(job.id)) return [];
        this.#percents.set(job.id, percent);
        return [{ type: "attemptProgress", time: Date.now(), job, attempt, percent }];
      }),
    );
    return found.flat();
  }
}

/**
 * Puts events of jobs between those of the history, by time. The history stays in its own order, whatever its times are, and a job has
 * no event before it was submitted: the clocks of the services differ.
 */
function inOrder(history: PipelineEvent[], added: PipelineEvent[]): PipelineEvent[] {
  let latest = -Infinity;
  const submitted = new Map<string, number>();
  const placed = history.map((event) => {
    latest = Math.max(latest, event.time);
    if (event.type === "taskSubmitted") submitted.set(event.jobId, latest);
    return { event, at: latest };
  });
  const placedAdded = added.map((event) => {
    const { id, parentId } = (event as { job?: JobIdentity }).job ?? {};
    return { event, at: Math.max(event.time, submitted.get(parentId ?? id ?? "") ?? -Infinity) };
  });
  return [...placed, ...placedAdded].sort((a, b) => a.at - b.at).map(({ event }) => event);
}

/** Drops ends that were followed by a redrive: the execution continued after them. */
function dropEndsBeforeRedrive(events: PipelineEvent[]): PipelineEvent[] {
  const last = events.at(-1);
  return events.filter((event) => event.type !== "executionEnded" || event === last);
}
