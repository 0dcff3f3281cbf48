import type { Clock } from "../../clock/clock";
import type { BatchEvent } from "../../../contract/events";
import { identityOf, type ContainerJob } from "../jobs/job";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable_time_limit_actions.html */
const MISFIT = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE";
const NO_CAPACITY = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY";

export interface WaitLimitsOptions {
  clock: Clock;
  emit: (event: BatchEvent) => void;
  /** Cancels a waiting job. */
  cancel: (job: ContainerJob, statusReason: string) => void;
}

/** Reports each job at the head of a queue that can't run once, and cancels it when its time is up. */
export class WaitLimits {
  readonly #reported = new Set<string>();
  /** Controllers of jobs that are waiting for capacity, by id. They are aborted when the job no longer waits for capacity. */
  readonly #starved = new Map<string, AbortController>();

  constructor(private readonly options: WaitLimitsOptions) {}

  /** Handles jobs that are too large for every environment. They leave their queue only by termination. */
  handleStuck(jobs: readonly ContainerJob[]): void {
    for (const job of jobs) {
      const { name, misfitWaitSeconds } = job.queue;
      const problem = `requests ${job.vcpus} vCPUs, more than any compute environment of queue ${name} has.`;
      const isNew = this.#report(job, problem, misfitWaitSeconds, "Raise the environment's vCPUs, or request fewer.");
      if (isNew) this.#cancelAfter(misfitWaitSeconds, job, MISFIT, job.termination.signal);
    }
  }

  /** Handles all jobs that are waiting for capacity now. A job's time runs as long as it is in this list. */
  handleStarved(jobs: readonly ContainerJob[]): void {
    for (const [id, waiting] of this.#starved) {
      if (jobs.some((job) => job.id === id)) continue;
      waiting.abort();
      this.#starved.delete(id);
    }
    for (const job of jobs.filter(({ id }) => !this.#starved.has(id))) {
      const { name, capacityWaitSeconds } = job.queue;
      const problem = `can't start: queue ${name} has no compute environment that is large enough and has capacity.`;
      this.#report(job, problem, capacityWaitSeconds, "Add a fallback environment of another type to the queue.");
      const waiting = new AbortController();
      this.#starved.set(job.id, waiting);
      this.#cancelAfter(capacityWaitSeconds, job, NO_CAPACITY, waiting.signal);
    }
  }

  #report(job: ContainerJob, problem: string, seconds: number | undefined, remedy: string): boolean {
    if (this.#reported.has(job.id)) return false;
    this.#reported.add(job.id);
    const consequence =
      seconds === undefined
        ? "It and the jobs behind it will wait forever."
        : `It will be cancelled after ${seconds} s; until then the jobs behind it wait.`;
    const message = `Job ${job.name} ${problem} ${consequence} ${remedy}`;
    this.options.emit({ type: "jobStuck", time: this.options.clock.now(), job: identityOf(job), message });
    return true;
  }

  #cancelAfter(seconds: number | undefined, job: ContainerJob, reason: string, signal: AbortSignal): void {
    if (seconds === undefined) return;
    this.options.clock.sleep(seconds * 1000, signal).then(
      () => this.options.cancel(job, `Canceled by JobStateTimeLimit action due to reason: ${reason}`),
      () => undefined,
    );
  }
}
