import type { JobDetail } from "@aws-sdk/client-batch";
import type { HistoryEvent } from "@aws-sdk/client-sfn";

import type { PipelineEvent } from "../contract/events";
import type { Run } from "../contract/run";
import { lastLines } from "../runner/record/logTail";
import type { Account } from "./account";
import { lastOf, machineOfExecution } from "./arn";
import { History } from "./history";
import { jobDetailOf, Jobs, vcpusOf, type LogStream } from "./jobs";
import { readLog, readLogLines } from "./logs";
import { Playable } from "./playable";
import { readQueues, type Queues } from "./queues";

/** Maximum number of jobs in a DescribeJobs call. */
const AT_ONCE = 100;
/** Maximum number of running jobs whose progress is read at each poll. */
const WATCHED = 20;

/** Reads an execution in AWS as the same events that a local run emits. */
export class ExecutionReader {
  readonly #jobs = new Jobs();
  readonly #percents = new Map<string, number>();
  readonly #playable = new Playable();
  #last = 0;

  private constructor(
    private readonly account: Account,
    private readonly arn: string,
    readonly definition: unknown,
    private readonly history: History,
    readonly queues: Queues,
  ) {}

  static async open(account: Account, arn: string): Promise<ExecutionReader> {
    const described = await account.stepFunctions((sdk, client) =>
      client.send(new sdk.DescribeStateMachineForExecutionCommand({ executionArn: arn })),
    );
    const definition = JSON.parse(described.definition ?? "{}") as unknown;
    const queues = await readQueues(account, definition);
    return new ExecutionReader(account, arn, definition, new History(arn, definition), queues);
  }

  /** URI of the output. Absent until the history shows it. */
  get output(): string | undefined {
    return this.history.output;
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
    const past = endedOnce((await this.#newHistory()).flatMap((event) => this.history.read(event)));
    const submitted = past.flatMap((event) => (event.type === "jobSubmitted" ? event : []));
    for (const { job, time } of submitted) this.#jobs.submitted(job, time);
    const details = await this.#describe();
    for (const { job } of submitted) {
      const detail = details.find(({ jobId }) => jobId === job.id);
      if (detail) job.vcpus = vcpusOf(detail);
    }
    const news = details.flatMap((detail) =>
      this.#jobs.read(detail, this.queues.environments[lastOf(detail.jobQueue ?? "")] ?? "", Date.now()),
    );
    const told = [
      ...(await this.#withLogTails(news)),
      ...(await this.#progress(details)),
      ...(await this.#playable.inLogsOf(news, async (name) => {
        const log = this.#jobs.logs.get(name);
        return log ? readLogLines(this.account, log) : [];
      })),
    ];
    const end = past.filter(({ type }) => type === "executionEnded");
    const before = past.filter(({ type }) => type !== "executionEnded");
    return [...[...before, ...told].sort((a, b) => a.time - b.time), ...end];
  }

  /** Reads the newest events first, back to those that are known. */
  async #newHistory(): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const token = nextToken;
      const page = await this.account.stepFunctions((sdk, client) =>
        client.send(
          new sdk.GetExecutionHistoryCommand({
            ...{ executionArn: this.arn, reverseOrder: true, includeExecutionData: true },
            ...{ maxResults: this.#last === 0 ? 1000 : 100, nextToken: token },
          }),
        ),
      );
      const fresh = (page.events ?? []).filter(({ id = 0 }) => id > this.#last);
      events.push(...fresh);
      nextToken = fresh.length === page.events?.length ? page.nextToken : undefined;
    } while (nextToken !== undefined);
    events.reverse();
    this.#last = events.at(-1)?.id ?? this.#last;
    return events;
  }

  /** Describes all jobs that may have changed. Step Functions still has descriptions that Batch has deleted. */
  async #describe(): Promise<JobDetail[]> {
    const wanted = this.#jobs.unfinished();
    const found = await this.#describeJobs(wanted);
    const arrays = found.filter(({ arrayProperties }) => arrayProperties?.size !== undefined);
    const children = arrays.flatMap(({ jobId, arrayProperties }) =>
      Array.from({ length: arrayProperties?.size ?? 0 }, (_, index) => `${jobId}:${index}`),
    );
    const known = new Set(found.map(({ jobId }) => jobId));
    const missing = children.filter((id) => !known.has(id));
    const forgotten = wanted.flatMap((id) => {
      const kept = known.has(id) ? undefined : this.history.finishedJobs.get(id);
      return kept ? jobDetailOf(kept) : [];
    });
    // Children come first, because an array job ends with its last child.
    const all = [...(await this.#describeJobs(missing)), ...found, ...forgotten];
    return all.sort((a, b) => Number(a.arrayProperties?.size ?? 0) - Number(b.arrayProperties?.size ?? 0));
  }

  async #describeJobs(ids: string[]): Promise<JobDetail[]> {
    const details: JobDetail[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const jobs = ids.slice(from, from + AT_ONCE);
      const page = await this.account.batch((sdk, client) => client.send(new sdk.DescribeJobsCommand({ jobs })));
      details.push(...(page.jobs ?? []));
    }
    return details;
  }

  /** Adds the last log lines to each failed attempt. */
  async #withLogTails(events: PipelineEvent[]): Promise<PipelineEvent[]> {
    const told: PipelineEvent[] = [];
    for (const event of events) {
      told.push(event);
      if (event.type !== "attemptEnded" || event.succeeded || event.attempt.log === undefined) continue;
      const log = this.#jobs.logs.get(event.attempt.log);
      const lines = log ? lastLines((await readLog(this.account, log, { last: 30 })).join("\n")) : [];
      if (lines.length === 0) continue;
      event.attempt.lastErrorLine = lines.at(-1);
      const { time, job, attempt } = event;
      told.push({ type: "attemptLogTail", time, job, attempt: attempt.number, lines });
    }
    return told;
  }

  /** The worker writes its progress to its log. */
  async #progress(details: JobDetail[]): Promise<PipelineEvent[]> {
    const running = this.#jobs.runningLogs(details).slice(0, WATCHED);
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

/** Drops ends that were followed by a redrive: the execution continued after them. */
function endedOnce(events: PipelineEvent[]): PipelineEvent[] {
  const last = events.at(-1);
  return events.filter((event) => event.type !== "executionEnded" || event === last);
}
