import { type Clock, ifAborted } from "../../clock/clock";
import { LinkedAbort } from "../../clock/linkedAbort";
import { rejectOnAbort } from "../../clock/rejectOnAbort";
import type { ComputeEnvironment } from "../api/configuration";
import type { Attempt, BatchEvent } from "../../../contract/events";
import { readEvent } from "../../eventBridge/entry";
import type { ContainerJob } from "../jobs/job";
import { identityOf } from "../jobs/job";
import type { FaultInjector, Interruption, Watch } from "./faultInjector";
import type { Launcher, RunningProcess } from "../launchers/launcher";

/** Seconds between SIGTERM and SIGKILL, as in the service. */
const GRACE_SECONDS = 30;

export const TIMED_OUT = "Job attempt duration exceeded timeout";

export interface AttemptOptions {
  clock: Clock;
  launcher: Launcher;
  emit: (event: BatchEvent) => void;
  faultInjector?: FaultInjector;
}

/** Runs one attempt of a job until its process is gone: it exited, timed out, was interrupted, or the job was terminated. */
export async function runAttempt(
  job: ContainerJob,
  environment: ComputeEnvironment,
  { clock, launcher, emit, faultInjector }: AttemptOptions,
): Promise<Attempt> {
  const number = job.attempts.length + 1;
  const identity = identityOf(job);
  job.status = "STARTING";
  emit({
    type: "attemptStarting",
    time: clock.now(),
    job: identity,
    attempt: number,
    computeEnvironment: environment.name,
  });
  const ended = new AbortController();
  const watch = faultInjector?.watch({ job: identity, number, environment }, clock, ended.signal);
  const running = launcher.launch({
    jobId: job.id,
    jobName: job.name,
    arrayIndex: job.arrayIndex,
    attempt: number,
    command: job.container.command,
    environment: { ...job.container.environment, ...batchVariables(job, number, environment) },
    onProgress: (percent) => {
      // Losing a machine at the start or the end of a job would have little effect to show.
      if (percent > 0 && percent < 100) watch?.reportUnderWay();
      emit({ type: "attemptProgress", time: clock.now(), job: identity, attempt: number, percent });
    },
    onPlayable: (rendition) => {
      emit({ type: "renditionPlayable", time: clock.now(), job: identity, rendition });
    },
    onEvent: (entry) => {
      const event = readEvent(entry, clock.now());
      emit({ type: "eventSent", time: event.time, job: identity, event });
    },
  });
  const startedAt = clock.now();
  job.status = "RUNNING";
  job.startedAt ??= startedAt;
  job.log = running.log;
  emit({ type: "attemptRunning", time: startedAt, job: identity, attempt: number, log: running.log });

  const stopped = await supervise(job, running, clock, watch);
  const end = await running.ended;
  ended.abort();
  const reclaimed = stopped?.by === "reclaim";
  return {
    number,
    environment: environment.name,
    ...(end.started ? { startedAt } : {}),
    stoppedAt: clock.now(),
    // A process that is lost with its machine has no exit code.
    ...(reclaimed ? {} : { exitCode: end.exitCode }),
    reason: end.reason,
    statusReason: stopped?.reason ?? (end.started ? "Essential container in task exited" : "Task failed to start"),
    log: running.log,
    lastErrorLine: end.lastErrorLine,
    ...(end.peakMemoryMiB === undefined
      ? {}
      : { peakMemoryMiB: end.peakMemoryMiB, memoryMiB: job.container.memoryMiB }),
  };
}

type StopReason = Interruption | { by: "termination"; reason: string };

/** Waits until the process ends, and stops it on a timeout, a termination or an interruption. Returns why it stopped the process. */
async function supervise(
  job: ContainerJob,
  running: RunningProcess,
  clock: Clock,
  watch: Watch | undefined,
): Promise<StopReason | undefined> {
  const seconds = job.submission.attemptTimeoutSeconds ?? job.definition.attemptTimeoutSeconds;
  const done = new AbortController();
  const timeLimit = new LinkedAbort(job.termination.signal);
  const sleep = (duration: number, signal: AbortSignal): Promise<"slept"> =>
    clock.sleep(duration * 1000, signal).then(() => "slept" as const);
  const ended = running.ended.then(() => "ended" as const);
  try {
    const time = seconds === undefined ? rejectOnAbort(timeLimit.signal) : sleep(seconds, timeLimit.signal);
    const interrupted = watch ? [watch.interrupted] : [];
    const first = await Promise.race([
      ended,
      time.catch(ifAborted(timeLimit.signal, "terminated" as const)),
      ...interrupted,
    ]);
    if (first === "ended") return undefined;
    running.kill("SIGTERM");
    const second = await Promise.race([
      ended,
      sleep(GRACE_SECONDS, done.signal).catch(ifAborted(done.signal, "ended" as const)),
    ]);
    if (second === "slept") running.kill("SIGKILL");
    if (typeof first === "object") return first;
    return first === "slept"
      ? { by: "timeout", reason: TIMED_OUT }
      : { by: "termination", reason: String(job.termination.signal.reason) };
  } finally {
    await ended;
    done.abort();
    timeLimit.abort();
    timeLimit.release();
  }
}

function batchVariables(job: ContainerJob, attempt: number, environment: ComputeEnvironment): Record<string, string> {
  return {
    AWS_BATCH_JOB_ID: job.id,
    AWS_BATCH_JOB_ATTEMPT: String(attempt),
    AWS_BATCH_JQ_NAME: job.queue.name,
    AWS_BATCH_CE_NAME: environment.name,
    ...(job.parent
      ? {
          AWS_BATCH_JOB_ARRAY_INDEX: String(job.arrayIndex),
          AWS_BATCH_JOB_ARRAY_SIZE: String(job.parent.children.length),
        }
      : {}),
  };
}
