import type { HistoryEvent } from "@aws-sdk/client-sfn";

import type { ExecutionStatus, JobIdentity, PipelineEvent, StateOutcome, StateVisit } from "../contract/events";
import { byProtocol } from "../runner/integrations/sns";
import { everyState, type Json, type JsonObject, type SubMachine } from "../contract/asl";
import { waitsForAnswer } from "../contract/serviceCalls";
import { jobDefinitionName, lastOf } from "./arn";

interface Failure {
  error?: string;
  cause?: string;
  time: number;
}

interface Open {
  visit: StateVisit;
  /** The visits that enclose it, outermost first. */
  around: Open[];
  iteration?: number;
  failure?: Failure;
  /** The arguments of the task. */
  parameters?: JsonObject;
}

const ENDS: Record<string, ExecutionStatus> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionAborted: "ABORTED",
  ExecutionTimedOut: "TIMED_OUT",
};

/**
 * Reads the history of an execution as the events of a run. Each event of Step Functions names the previous one in its branch,
 * and the open states follow from that. Pass each event once, in order.
 */
export class History {
  /** By the name of each state in a branch, which branch of its Parallel that is. */
  readonly #branches: Map<string, number>;
  /** The states that are open after an event, outermost first. */
  readonly #places = new Map<number, Open[]>();
  readonly #open = new Map<number, Open>();
  /** Descriptions of ended jobs from the history, because Batch deletes its own after some days. */
  readonly finishedJobs = new Map<string, JsonObject>();
  /** URI of the output, from the parameters of the first submitted job. */
  output?: string;

  constructor(
    private readonly execution: string,
    definition: unknown,
  ) {
    this.#branches = new Map(
      everyState(definition as SubMachine).flatMap(({ name, path }) =>
        path.slice(-1).map(({ branch }) => [name, branch]),
      ),
    );
  }

  read(event: HistoryEvent): PipelineEvent[] {
    const { id = 0, previousEventId = 0, type = "" } = event;
    const time = event.timestamp?.getTime() ?? 0;
    const place = this.#places.get(previousEventId) ?? [];
    const events = this.#translate(event, type, time, place);
    if (!this.#places.has(id)) this.#places.set(id, place);
    return events;
  }

  #translate(event: HistoryEvent, type: string, time: number, place: Open[]): PipelineEvent[] {
    if (type === "ExecutionStarted") {
      const input = parsed(event.executionStartedEventDetails?.input) as Json;
      return [{ type: "executionStarted", time, id: this.execution, input }];
    }
    const status = ENDS[type];
    if (status !== undefined) return this.#executionEnded(event, status, time);
    if (type.endsWith("StateEntered")) return this.#entered(event, type.slice(0, -"StateEntered".length), time, place);
    if (type.endsWith("StateExited")) return this.#exited(event, time, place);
    if (type === "MapIterationStarted") {
      const index = event.mapIterationStartedEventDetails?.index ?? 0;
      this.#places.set(event.id ?? 0, [...place.slice(0, -1), { ...place.at(-1)!, iteration: index }]);
      return [];
    }
    if (/Failed$|TimedOut$/.test(type)) return this.#failed(event, type, time, place);
    if (type.endsWith("Scheduled") || type === "ParallelStateStarted" || type === "MapStateStarted") {
      return this.#scheduled(event, time, place);
    }
    if (type === "TaskSubmitted") return this.#submitted(event, time, place);
    return type === "TaskSucceeded" ? this.#succeeded(event, time, place) : [];
  }

  #entered(event: HistoryEvent, type: string, time: number, place: Open[]): PipelineEvent[] {
    const { name = "", input } = event.stateEnteredEventDetails ?? {};
    const path = place.map(({ visit, iteration }, depth) => {
      const inner = place[depth + 1]?.visit.state ?? name;
      return `${visit.state}[${iteration ?? this.#branches.get(inner) ?? 0}]`;
    });
    const visit: StateVisit = { id: event.id ?? 0, state: name, type, path };
    const entered: PipelineEvent = { type: "stateEntered", time, visit, input: parsed(input) as Json };
    // A Fail state ends when it is entered; the history has no event for its exit.
    if (type === "Fail") return [entered, { type: "stateExited", time, visit, outcome: "failed" }];
    const open: Open = { visit, around: place };
    this.#open.set(visit.id, open);
    this.#places.set(visit.id, [...place, open]);
    return [entered];
  }

  #exited(event: HistoryEvent, time: number, place: Open[]): PipelineEvent[] {
    const { name, output } = event.stateExitedEventDetails ?? {};
    const index = place.findLastIndex(({ visit }) => visit.state === name);
    if (index < 0) return [];
    const open = place[index]!;
    this.#places.set(event.id ?? 0, place.slice(0, index));
    const outcome = open.failure ? "caught" : "succeeded";
    return [...this.#close(this.#inside(open), time), this.#closed(open, time, outcome, parsed(output) as Json)];
  }

  #failed(event: HistoryEvent, type: string, time: number, place: Open[]): PipelineEvent[] {
    const kind = /^(Parallel|Map)State/.exec(type)?.[1];
    const index = kind === undefined ? place.length - 1 : place.findLastIndex(({ visit }) => visit.type === kind);
    const open = place[index];
    if (!open) return [];
    const { error, cause } = detailsOf(event);
    const inside = kind === undefined ? [] : this.#inside(open);
    const inner = inside.findLast(({ failure }) => failure !== undefined)?.failure;
    open.failure = { error: error ?? inner?.error, cause: cause ?? inner?.cause, time };
    this.#places.set(event.id ?? 0, place.slice(0, index + 1));
    this.#keepJob(cause);
    return this.#close(inside, time);
  }

  #scheduled(event: HistoryEvent, time: number, place: Open[]): PipelineEvent[] {
    const open = place.at(-1);
    if (!open) return [];
    const parameters = parsed(event.taskScheduledEventDetails?.parameters) as JsonObject | undefined;
    if (parameters) open.parameters = parameters;
    const { failure, visit } = open;
    if (!failure) return [];
    open.failure = undefined;
    const delaySeconds = Math.max(0, (time - failure.time) / 1000);
    const { error, cause } = failure;
    return [{ type: "stateRetried", time: failure.time, visit, error, cause, delaySeconds }];
  }

  #submitted(event: HistoryEvent, time: number, place: Open[]): PipelineEvent[] {
    const { resourceType, resource, output } = event.taskSubmittedEventDetails ?? {};
    if (resourceType === "sns" && waitsForAnswer(resource ?? "")) return this.#published(time, place);
    const jobId = (parsed(output) as JsonObject | undefined)?.["JobId"];
    const open = place.at(-1);
    if (resourceType !== "batch" || typeof jobId !== "string" || !open) return [];
    const parameters = open.parameters ?? {};
    const told = (parameters["Parameters"] as JsonObject | undefined)?.["output"];
    if (typeof told === "string") this.output = told;
    const job = submittedJob(jobId, parameters);
    return [
      { type: "jobSubmitted", time, job },
      { type: "taskSubmitted", time, visit: open.visit, jobId },
    ];
  }

  #succeeded(event: HistoryEvent, time: number, place: Open[]): PipelineEvent[] {
    const { resourceType, resource, output } = event.taskSucceededEventDetails ?? {};
    if (resourceType === "batch") this.#keepJob(output);
    // What waits for an answer has published its question long before it succeeds.
    return resourceType === "sns" && !waitsForAnswer(resource ?? "") ? this.#published(time, place) : [];
  }

  #published(time: number, place: Open[]): PipelineEvent[] {
    const parameters = place.at(-1)?.parameters;
    if (!parameters) return [];
    const { TopicArn, Subject, Message, MessageStructure, MessageAttributes } = parameters;
    const text = textOf(Message) ?? JSON.stringify(Message ?? "");
    const notification = {
      time,
      topic: textOf(TopicArn) ?? "",
      ...byProtocol(text, MessageStructure),
      attributes: (MessageAttributes ?? {}) as JsonObject,
      ...(typeof Subject === "string" ? { subject: Subject } : {}),
    };
    return [{ type: "notificationPublished", time, notification }];
  }

  #executionEnded(event: HistoryEvent, status: ExecutionStatus, time: number): PipelineEvent[] {
    const output = event.executionSucceededEventDetails?.output;
    const { error, cause } = detailsOf(event);
    return [
      ...this.#close([...this.#open.values()], time),
      { type: "executionEnded", time, status, error, cause, ...(output ? { output: parsed(output) as Json } : {}) },
    ];
  }

  #inside(around: Open): Open[] {
    return [...this.#open.values()].filter((open) => open.around.some(({ visit }) => visit.id === around.visit.id));
  }

  /** Closes states without an exit event: they failed, or were stopped because another state failed. */
  #close(open: Open[], time: number): PipelineEvent[] {
    return open.toReversed().map((each) => this.#closed(each, time, each.failure ? "failed" : "cancelled"));
  }

  #closed(open: Open, time: number, outcome: StateOutcome, output?: Json): PipelineEvent {
    this.#open.delete(open.visit.id);
    const { error, cause } = open.failure ?? {};
    return { type: "stateExited", time, visit: open.visit, outcome, output, error, cause };
  }

  #keepJob(description: string | undefined): void {
    const detail = parsed(description) as JsonObject | undefined;
    const id = detail?.["JobId"];
    if (detail && typeof id === "string") this.finishedJobs.set(id, detail);
  }
}

function submittedJob(id: string, parameters: JsonObject): JobIdentity {
  const { JobName, JobQueue, JobDefinition, ArrayProperties } = parameters;
  const size = (ArrayProperties as JsonObject | undefined)?.["Size"];
  return {
    id,
    name: textOf(JobName) ?? id,
    queue: lastOf(textOf(JobQueue) ?? ""),
    definition: jobDefinitionName(textOf(JobDefinition) ?? ""),
    // The history does not have the job definition. Batch's description has the value.
    vcpus: 0,
    ...(typeof size === "number" ? { arraySize: size } : {}),
  };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Each type of failure event has its details in a different field. */
function detailsOf(event: HistoryEvent): { error?: string; cause?: string } {
  const details = Object.entries(event).find(
    ([key, value]) => key.endsWith("EventDetails") && value !== undefined,
  )?.[1] as { error?: string; cause?: string } | undefined;
  return { error: details?.error, cause: details?.cause };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
