import { randomUUID } from "node:crypto";

import type { Clock } from "../clock/clock";
import type { AttemptOptions } from "./attempts/attempt";
import { runAttempt, TIMED_OUT } from "./attempts/attempt";
import { Capacity, type Shortage } from "./scheduling/capacity";
import type { BatchConfiguration, ComputeEnvironment } from "./api/configuration";
import { describeJob, jobArn } from "./jobs/detail";
import type { JobDetail } from "./jobs/detail";
import { BatchClientError } from "./api/errors";
import type { Attempt, BatchEvent } from "../../contract/events";
import { shouldRetry } from "./jobs/exitRules";
import { ShareLedger } from "./scheduling/fairShare";
import type { FaultInjector } from "./attempts/faultInjector";
import type { ArrayJob, ContainerJob, Job } from "./jobs/job";
import { hasEnded, identityOf } from "./jobs/job";
import type { Launcher } from "./launchers/launcher";
import { placeJobs } from "./scheduling/placement";
import { createJob } from "./jobs/newJob";
import { WaitLimits } from "./scheduling/waitLimits";

export interface BatchServiceOptions {
  configuration: BatchConfiguration;
  launcher: Launcher;
  clock: Clock;
  onEvent?: (event: BatchEvent) => void;
  /** Generates ids of new jobs. Defaults to UUIDs. */
  newId?: () => string;
  faultInjector?: FaultInjector;
  /** Environments without capacity. By default all environments have capacity. */
  shortages?: readonly Shortage[];
}

/** The response of SubmitJob. */
export interface SubmittedJob {
  JobArn: string;
  JobId: string;
  JobName: string;
}

/** AWS Batch on one machine: it accepts jobs, starts them as vCPUs become free, and tracks them until they end. */
export class BatchService {
  readonly #configuration: BatchConfiguration;
  readonly #clock: Clock;
  readonly #attempts: AttemptOptions;
  readonly #emit: (event: BatchEvent) => void;
  readonly #newId: () => string;
  readonly #jobs = new Map<string, Job>();
  /** Waiting jobs by queue, oldest first. */
  readonly #waiting = new Map<string, ContainerJob[]>();
  readonly #used = new Map<string, number>();
  /** Ledgers of queues with shares, by queue. */
  readonly #ledgers = new Map<string, ShareLedger>();
  readonly #capacity: Capacity;
  readonly #waitLimits: WaitLimits;
  #nextMachines = new AbortController();
  #sequence = 0;
  #scheduled = false;

  constructor(options: BatchServiceOptions) {
    const { configuration, launcher, clock, onEvent = () => undefined, newId = randomUUID, faultInjector } = options;
    this.#capacity = new Capacity(options.shortages ?? [], clock.now());
    this.#waitLimits = new WaitLimits({
      ...{ clock, emit: onEvent },
      cancel: (job, reason) => {
        if (this.#dequeue(job)) this.#end(job, "FAILED", reason);
      },
    });
    this.#configuration = configuration;
    this.#clock = clock;
    this.#emit = onEvent;
    this.#attempts = { launcher, clock, emit: onEvent, ...(faultInjector ? { faultInjector } : {}) };
    for (const { arn, fairShare } of configuration.queues) {
      if (fairShare) this.#ledgers.set(arn, new ShareLedger(fairShare.decaySeconds));
    }
    this.#newId = newId;
  }

  /** Accepts SubmitJob's arguments as Step Functions passes them. Throws `BatchClientError` if the service would reject them. */
  submit(args: unknown): SubmittedJob {
    const job = createJob(args, {
      configuration: this.#configuration,
      id: this.#newId(),
      now: this.#clock.now(),
      nextSequence: () => this.#sequence++,
    });
    const containers = job.kind === "array" ? job.children : [job];
    for (const one of job.kind === "array" ? [job, ...containers] : containers) {
      this.#jobs.set(one.id, one);
      this.#emit({ type: "jobSubmitted", time: this.#clock.now(), job: identityOf(one) });
    }
    for (const container of containers) this.#enqueue(container);
    return { JobArn: jobArn(job), JobId: job.id, JobName: job.name };
  }

  /** Describes the job's current state. */
  describe(jobId: string): JobDetail {
    return describeJob(this.#find(jobId));
  }

  /** Describes the job when it and its processes have ended. */
  async whenEnded(jobId: string): Promise<JobDetail> {
    const job = this.#find(jobId);
    await job.ended;
    return describeJob(job);
  }

  /** Ends a job with status FAILED, and resolves when its processes are gone. This has no effect on a job that has ended. */
  async terminate(jobId: string, reason: string): Promise<void> {
    const job = this.#find(jobId);
    const containers = job.kind === "array" ? job.children : [job];
    for (const container of containers.filter((candidate) => !hasEnded(candidate))) {
      container.termination.abort(reason);
      if (container.status === "RUNNABLE" && this.#dequeue(container)) this.#end(container, "FAILED", reason);
    }
    await job.ended;
  }

  #find(jobId: string): Job {
    const job = this.#jobs.get(jobId);
    if (!job) throw new BatchClientError(`There is no job ${jobId}.`);
    return job;
  }

  #enqueue(job: ContainerJob): void {
    job.status = "RUNNABLE";
    const waiting = this.#waiting.get(job.queue.arn) ?? [];
    this.#waiting.set(job.queue.arn, waiting);
    // A retried job returns to its place, before the jobs that were submitted after it.
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1] as ContainerJob).sequence > job.sequence) at--;
    waiting.splice(at, 0, job);
    this.#scheduleSoon();
  }

  #dequeue(job: ContainerJob): boolean {
    const waiting = this.#waiting.get(job.queue.arn) ?? [];
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    return at >= 0;
  }

  /** Places jobs that were submitted at the same moment together, so that priority decides and not the order of the calls. */
  #scheduleSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    void this.#clock.sleep(0).then(() => {
      this.#scheduled = false;
      this.#schedule();
    });
  }

  #schedule(): void {
    const { queues, computeEnvironments } = this.#configuration;
    const waiting = queues.map((queue) => ({
      queue,
      jobs: this.#schedulableJobs(this.#waiting.get(queue.arn) ?? []),
      usage: this.#ledgers.get(queue.arn)?.usage(this.#clock.now()),
    }));
    const now = this.#clock.now();
    const { started, stuck, starved } = placeJobs(waiting, computeEnvironments, this.#used, (environment) =>
      this.#capacity.isAvailable(environment, now),
    );
    for (const { job } of started) this.#dequeue(job);
    for (const { job, environment } of started) void this.#run(job, environment);
    this.#waitLimits.handleStuck(stuck);
    this.#waitLimits.handleStarved(starved);
    this.#awaitMachines();
  }

  #schedulableJobs(waiting: ContainerJob[]): ContainerJob[] {
    const stuckFrom = waiting.findIndex((job) => this.#attempts.faultInjector?.isStuck(identityOf(job)));
    return stuckFrom < 0 ? waiting : waiting.slice(0, stuckFrom);
  }

  async #run(job: ContainerJob, environment: ComputeEnvironment): Promise<void> {
    const ledger = this.#ledgers.get(job.queue.arn);
    const since = this.#clock.now();
    this.#use(environment, job.vcpus);
    ledger?.recordStart(job.share, job.vcpus);
    const attempt = await runAttempt(job, environment, this.#attempts);
    this.#use(environment, -job.vcpus);
    ledger?.recordEnd(job.share, job.vcpus, since, this.#clock.now());
    job.attempts.push(attempt);
    const terminated = job.termination.signal.aborted;
    const succeeded = attempt.exitCode === 0 && attempt.reason === undefined && !terminated && !hasTimedOut(attempt);
    const retried =
      !succeeded &&
      !terminated &&
      !hasTimedOut(attempt) &&
      job.attempts.length < job.retryStrategy.attempts &&
      shouldRetry(job.retryStrategy.evaluateOnExit, attempt);
    this.#emit({
      type: "attemptEnded",
      time: this.#clock.now(),
      job: identityOf(job),
      attempt,
      succeeded,
      retried,
    });
    if (retried) this.#enqueue(job);
    else this.#end(job, succeeded ? "SUCCEEDED" : "FAILED", attempt.statusReason);
    this.#scheduleSoon();
  }

  #use(environment: ComputeEnvironment, vcpus: number): void {
    this.#used.set(environment.arn, (this.#used.get(environment.arn) ?? 0) + vcpus);
  }

  #end(job: Job, status: "SUCCEEDED" | "FAILED", statusReason: string | undefined): void {
    job.status = status;
    job.statusReason = statusReason;
    job.stoppedAt = this.#clock.now();
    this.#emit({ type: "jobEnded", time: job.stoppedAt, job: identityOf(job), status, statusReason });
    job.end();
    if (job.kind === "container" && job.parent) this.#endParent(job.parent);
    // The next job of the queue may fit even if this one did not.
    this.#scheduleSoon();
  }

  /** An array job ends with its last child, and fails if any child failed. */
  #endParent(parent: ArrayJob): void {
    if (--parent.remaining > 0) return;
    const startTimes = parent.children.flatMap(({ startedAt }) => startedAt ?? []);
    if (startTimes.length > 0) parent.startedAt = startTimes.reduce((least, time) => Math.min(least, time));
    const failed = parent.children.some(({ status }) => status === "FAILED");
    this.#end(parent, failed ? "FAILED" : "SUCCEEDED", failed ? "Array Child Job failed" : undefined);
  }

  /** Schedules again when an environment gets capacity, if a job is waiting. */
  #awaitMachines(): void {
    this.#nextMachines.abort();
    const next = this.#capacity.nextReturn(this.#clock.now());
    if (next === undefined || [...this.#waiting.values()].every(({ length }) => length === 0)) return;
    this.#nextMachines = new AbortController();
    this.#clock.sleep(next - this.#clock.now(), this.#nextMachines.signal).then(
      () => this.#scheduleSoon(),
      () => undefined,
    );
  }
}

function hasTimedOut({ statusReason }: Attempt): boolean {
  return statusReason === TIMED_OUT;
}
