import { TIMED_OUT } from "../batch/attempts/attempt";
import {
  interruptUnderWay,
  type FaultInjector,
  type Watch,
  type WatchedAttempt,
} from "../batch/attempts/faultInjector";
import type { JobIdentity } from "../../contract/events";
import { reclaimInterruption } from "../batch/attempts/reclaim";
import type { Clock } from "../clock/clock";
import { LinkedAbort } from "../clock/linkedAbort";
import type { Json } from "../../contract/asl";
import { serviceOf } from "../../contract/serviceCalls";
import { StatesError } from "../stateMachine/errors";
import type { TaskContext, TaskHandler, TaskHandlers } from "../stateMachine/task";
import type { Fault } from "./fault";
import { isService, type Kind } from "./kinds";
import { refusal } from "./serviceErrors";

/** Kinds that a call of a service can have. */
const CALL_FAULTS: Kind[] = [
  ...(["timeout", "throttle", "unavailable", "denied", "failed-entry"] as const),
  ...(["missing", "unreadable", "stop", "stuck"] as const),
];

export interface FaultsOptions {
  faults: readonly Fault[];
  /** Stops the whole execution. */
  stop: (reason: string) => void;
  /** Handles the attempts that no fault affects. */
  otherwise?: FaultInjector;
  /** When a step whose job is stuck times out. By default its own limit applies. */
  stuckLimit?: { clock: Clock; seconds: number };
}

/** Injects the faults of one run. */
export class Faults implements FaultInjector {
  /** The step that submitted a job, by the job's id. */
  readonly #steps = new Map<string, string>();
  readonly #calls = new Map<string, number>();
  /** What to do once an attempt of a step's job is under way, by step. */
  readonly #onUnderWay = new Map<string, () => void>();
  readonly #happened = new Set<Fault>();

  constructor(private readonly options: FaultsOptions) {}

  /** Remembers which step submitted a job. */
  recordJob(jobId: string, step: string): void {
    this.#steps.set(jobId, step);
  }

  /** The faults that had no effect, because the step, attempt or chunk that they are for did not run. */
  get unused(): Fault[] {
    return this.options.faults.filter((fault) => !this.#happened.has(fault));
  }

  /** Wraps the services so that the calls with a fault fail. */
  wrapHandlers(handlers: TaskHandlers): TaskHandlers {
    return Object.fromEntries(
      Object.entries(handlers).map(([resource, handler]): [string, TaskHandler] => [
        resource,
        {
          fields: handler.fields,
          run: (args, context) =>
            this.#call(serviceOf(resource), (signal) => handler.run(args, { ...context, signal }), context),
        },
      ]),
    );
  }

  isStuck(job: JobIdentity): boolean {
    const step = this.#stepOf(job);
    const fault = this.#find(step, this.#calls.get(step ?? "") ?? 1, ["stuck"]);
    if (fault) this.#happened.add(fault);
    return fault !== undefined;
  }

  watch(attempt: WatchedAttempt, clock: Clock, signal: AbortSignal): Watch {
    const fault = this.#attemptFault(attempt.job, attempt.number, ["attempt-timeout", "reclaim"]);
    const onUnderWay = this.#onUnderWay.get(this.#stepOf(attempt.job) ?? "");
    if (!fault && !onUnderWay && this.options.otherwise) return this.options.otherwise.watch(attempt, clock, signal);
    return interruptUnderWay(
      () => {
        onUnderWay?.();
        if (fault) this.#happened.add(fault);
        if (fault?.kind === "attempt-timeout") return { by: "timeout", reason: TIMED_OUT };
        return fault && reclaimInterruption(attempt.environment);
      },
      clock,
      signal,
    );
  }

  /** The fault that ends an attempt before it starts. */
  exitFault(job: Pick<JobIdentity, "id" | "parentId" | "arrayIndex">, attempt: number): Fault | undefined {
    const fault = this.#attemptFault(job, attempt, ["exit"]);
    if (fault) this.#happened.add(fault);
    return fault;
  }

  async #call(
    service: string | undefined,
    run: (signal: AbortSignal) => Promise<Json>,
    { signal, visit }: TaskContext,
  ): Promise<Json> {
    const call = (this.#calls.get(visit.state) ?? 0) + 1;
    this.#calls.set(visit.state, call);
    const fault = this.#find(visit.state, call, CALL_FAULTS);
    if (!fault || !isService(service)) return run(signal);
    const refused = refusal(service, fault.kind);
    if (refused) {
      this.#happened.add(fault);
      throw refused;
    }
    if (fault.kind === "unreadable") {
      const answer = { ...((await run(signal)) as object), Body: "<unreadable>" };
      this.#happened.add(fault);
      return answer;
    }
    const own = new LinkedAbort(signal);
    const act = (): void => {
      this.#happened.add(fault);
      if (fault.kind === "stop") this.options.stop(`Stopped by --fail ${fault.text}.`);
      else own.abort(new StatesError("States.Timeout", ""));
    };
    if (fault.kind === "stuck") this.#timeOutStuck(act, own.signal);
    else if (service === "batch") this.#onUnderWay.set(visit.state, act);
    else act();
    try {
      own.signal.throwIfAborted();
      return await run(own.signal);
    } finally {
      this.#onUnderWay.delete(visit.state);
      own.abort();
      own.release();
    }
  }

  /** Nobody waits an hour to see what follows. */
  #timeOutStuck(timeOut: () => void, signal: AbortSignal): void {
    const { stuckLimit: limit } = this.options;
    limit?.clock.sleep(limit.seconds * 1000, signal).then(timeOut, () => undefined);
  }

  #attemptFault(
    job: Pick<JobIdentity, "id" | "parentId" | "arrayIndex">,
    attempt: number,
    kinds: Kind[],
  ): Fault | undefined {
    return this.#find(this.#stepOf(job), attempt, kinds, job.arrayIndex ?? 0);
  }

  #find(step: string | undefined, attempt: number, kinds: Kind[], chunk?: number): Fault | undefined {
    return this.options.faults.find(
      (fault) =>
        fault.step === step &&
        kinds.includes(fault.kind) &&
        attempt >= fault.attempts.from &&
        attempt <= fault.attempts.to &&
        (fault.chunk === undefined || fault.chunk === chunk),
    );
  }

  #stepOf({ id, parentId }: Pick<JobIdentity, "id" | "parentId">): string | undefined {
    return this.#steps.get(parentId ?? id);
  }
}
