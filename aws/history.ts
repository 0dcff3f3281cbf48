import type { HistoryEvent } from "@aws-sdk/client-sfn";

import { lastSegment } from "../contract/arn";
import type { ExecutionStatus, JobIdentity, PipelineEvent, StateOutcome, StateVisit } from "../contract/events";
import { readEvent } from "../runner/eventBridge/entry";
import { readMessages } from "../runner/integrations/sns";
import { everyState, type Json, type JsonObject, type SubMachine } from "../contract/asl";
import { waitsForAnswer } from "../contract/serviceCalls";
import { jobDefinitionName, machineOfExecution } from "./arn";

interface Failure {
  error?: string;
  cause?: string;
  time: number;
}

interface OpenState {
  visit: StateVisit;
  /** The visits that enclose it, outermost first. */
  enclosing: OpenState[];
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
  /** Maps each state in a branch to the branch's index in its Parallel. */
  readonly #branches: Map<string, number>;
  /** The states that are open after an event, outermost first. */
  readonly #scopes = new Map<number, OpenState[]>();
  readonly #open = new Map<number, OpenState>();
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
    const scope = this.#scopes.get(previousEventId) ?? [];
    const events = this.#translate(event, type, time, scope);
    if (!this.#scopes.has(id)) this.#scopes.set(id, scope);
    return events;
  }

  #translate(event: HistoryEvent, type: string, time: number, scope: OpenState[]): PipelineEvent[] {
    if (type === "ExecutionStarted") {
      const input = parseJson(event.executionStartedEventDetails?.input) as Json;
      return [{ type: "executionStarted", time, id: this.execution, input }];
    }
    const status = ENDS[type];
    if (status !== undefined) return this.#readEnd(event, status, time);
    if (type.endsWith("StateEntered"))
      return this.#readEntered(event, type.slice(0, -"StateEntered".length), time, scope);
    if (type.endsWith("StateExited")) return this.#readExited(event, time, scope);
    if (type === "MapIterationStarted") {
      const index = event.mapIterationStartedEventDetails?.index ?? 0;
      this.#scopes.set(event.id ?? 0, [...scope.slice(0, -1), { ...scope.at(-1)!, iteration: index }]);
      return [];
    }
    if (/Failed$|TimedOut$/.test(type)) return this.#readFailed(event, type, time, scope);
    if (type.endsWith("Scheduled") || type === "ParallelStateStarted" || type === "MapStateStarted") {
      return this.#readScheduled(event, time, scope);
    }
    if (type === "TaskSubmitted") return this.#readSubmitted(event, time, scope);
    return type === "TaskSucceeded" ? this.#readSucceeded(event, time, scope) : [];
  }

  #readEntered(event: HistoryEvent, type: string, time: number, scope: OpenState[]): PipelineEvent[] {
    const { name = "", input } = event.stateEnteredEventDetails ?? {};
    const path = scope.map(({ visit, iteration }, depth) => {
      const inner = scope[depth + 1]?.visit.state ?? name;
      return `${visit.state}[${iteration ?? this.#branches.get(inner) ?? 0}]`;
    });
    const visit: StateVisit = { id: event.id ?? 0, state: name, type, path };
    const entered: PipelineEvent = { type: "stateEntered", time, visit, input: parseJson(input) as Json };
    // A Fail state ends when it is entered; the history has no event for its exit.
    if (type === "Fail") return [entered, { type: "stateExited", time, visit, outcome: "failed" }];
    const open: OpenState = { visit, enclosing: scope };
    this.#open.set(visit.id, open);
    this.#scopes.set(visit.id, [...scope, open]);
    return [entered];
  }

  #readExited(event: HistoryEvent, time: number, scope: OpenState[]): PipelineEvent[] {
    const { name, output } = event.stateExitedEventDetails ?? {};
    const index = scope.findLastIndex(({ visit }) => visit.state === name);
    if (index < 0) return [];
    const open = scope[index]!;
    this.#scopes.set(event.id ?? 0, scope.slice(0, index));
    const outcome = open.failure ? "caught" : "succeeded";
    return [
      ...this.#closeAll(this.#statesInside(open), time),
      this.#closeState(open, time, outcome, parseJson(output) as Json),
    ];
  }

  #readFailed(event: HistoryEvent, type: string, time: number, scope: OpenState[]): PipelineEvent[] {
    const kind = /^(Parallel|Map)State/.exec(type)?.[1];
    const index = kind === undefined ? scope.length - 1 : scope.findLastIndex(({ visit }) => visit.type === kind);
    const open = scope[index];
    if (!open) return [];
    const { error, cause } = failureDetails(event);
    const inside = kind === undefined ? [] : this.#statesInside(open);
    const inner = inside.findLast(({ failure }) => failure !== undefined)?.failure;
    open.failure = { error: error ?? inner?.error, cause: cause ?? inner?.cause, time };
    this.#scopes.set(event.id ?? 0, scope.slice(0, index + 1));
    this.#keepJob(cause);
    return this.#closeAll(inside, time);
  }

  #readScheduled(event: HistoryEvent, time: number, scope: OpenState[]): PipelineEvent[] {
    const open = scope.at(-1);
    if (!open) return [];
    const parameters = parseJson(event.taskScheduledEventDetails?.parameters) as JsonObject | undefined;
    if (parameters) open.parameters = parameters;
    const { failure, visit } = open;
    if (!failure) return [];
    open.failure = undefined;
    const delaySeconds = Math.max(0, (time - failure.time) / 1000);
    const { error, cause } = failure;
    return [{ type: "stateRetried", time: failure.time, visit, error, cause, delaySeconds }];
  }

  #readSubmitted(event: HistoryEvent, time: number, scope: OpenState[]): PipelineEvent[] {
    const { resourceType, resource, output } = event.taskSubmittedEventDetails ?? {};
    if (resourceType === "sns" && waitsForAnswer(resource ?? "")) return this.#notificationEvents(time, scope);
    const jobId = (parseJson(output) as JsonObject | undefined)?.["JobId"];
    const open = scope.at(-1);
    if (resourceType !== "batch" || typeof jobId !== "string" || !open) return [];
    const parameters = open.parameters ?? {};
    const outputUri = (parameters["Parameters"] as JsonObject | undefined)?.["output"];
    if (typeof outputUri === "string") this.output = outputUri;
    const job = toJobIdentity(jobId, parameters);
    return [
      { type: "jobSubmitted", time, job },
      { type: "taskSubmitted", time, visit: open.visit, jobId },
    ];
  }

  #readSucceeded(event: HistoryEvent, time: number, scope: OpenState[]): PipelineEvent[] {
    const { resourceType, resource, output } = event.taskSucceededEventDetails ?? {};
    if (resourceType === "batch") this.#keepJob(output);
    if (resourceType === "events") return this.#sentEvents(time, scope);
    // A task that waits for an answer publishes its question long before it succeeds.
    return resourceType === "sns" && !waitsForAnswer(resource ?? "") ? this.#notificationEvents(time, scope) : [];
  }

  #notificationEvents(time: number, scope: OpenState[]): PipelineEvent[] {
    const parameters = scope.at(-1)?.parameters;
    if (!parameters) return [];
    const { TopicArn, Subject, Message, MessageStructure, MessageAttributes } = parameters;
    const text = asText(Message) ?? JSON.stringify(Message ?? "");
    const notification = {
      time,
      topic: asText(TopicArn) ?? "",
      ...readMessages(text, MessageStructure),
      attributes: (MessageAttributes ?? {}) as JsonObject,
      ...(typeof Subject === "string" ? { subject: Subject } : {}),
    };
    return [{ type: "notificationPublished", time, notification }];
  }

  #sentEvents(time: number, scope: OpenState[]): PipelineEvent[] {
    const entries = (scope.at(-1)?.parameters?.["Entries"] ?? []) as JsonObject[];
    const { arn: stateMachine } = machineOfExecution(this.execution) ?? {};
    const resources = [this.execution, ...(stateMachine === undefined ? [] : [stateMachine])];
    return entries.map((entry) => {
      const { Detail } = entry;
      const detail = typeof Detail === "string" ? Detail : JSON.stringify(Detail);
      return { type: "eventSent", time, event: readEvent({ ...entry, Detail: detail, Resources: resources }, time) };
    });
  }

  #readEnd(event: HistoryEvent, status: ExecutionStatus, time: number): PipelineEvent[] {
    const output = event.executionSucceededEventDetails?.output;
    const { error, cause } = failureDetails(event);
    return [
      ...this.#closeAll([...this.#open.values()], time),
      { type: "executionEnded", time, status, error, cause, ...(output ? { output: parseJson(output) as Json } : {}) },
    ];
  }

  #statesInside(outer: OpenState): OpenState[] {
    return [...this.#open.values()].filter((open) => open.enclosing.some(({ visit }) => visit.id === outer.visit.id));
  }

  /** Closes states without an exit event: they failed, or were stopped because another state failed. */
  #closeAll(open: OpenState[], time: number): PipelineEvent[] {
    return open.toReversed().map((each) => this.#closeState(each, time, each.failure ? "failed" : "cancelled"));
  }

  #closeState(open: OpenState, time: number, outcome: StateOutcome, output?: Json): PipelineEvent {
    this.#open.delete(open.visit.id);
    const { error, cause } = open.failure ?? {};
    return { type: "stateExited", time, visit: open.visit, outcome, output, error, cause };
  }

  #keepJob(description: string | undefined): void {
    const detail = parseJson(description) as JsonObject | undefined;
    const id = detail?.["JobId"];
    if (detail && typeof id === "string") this.finishedJobs.set(id, detail);
  }
}

function toJobIdentity(id: string, parameters: JsonObject): JobIdentity {
  const { JobName, JobQueue, JobDefinition, ArrayProperties } = parameters;
  const size = (ArrayProperties as JsonObject | undefined)?.["Size"];
  return {
    id,
    name: asText(JobName) ?? id,
    queue: lastSegment(asText(JobQueue) ?? ""),
    definition: jobDefinitionName(asText(JobDefinition) ?? ""),
    // The history does not have the job definition. Batch's description has the value.
    vcpus: 0,
    ...(typeof size === "number" ? { arraySize: size } : {}),
  };
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Each type of failure event has its details in a different field. */
function failureDetails(event: HistoryEvent): { error?: string; cause?: string } {
  const details = Object.entries(event).find(
    ([key, value]) => key.endsWith("EventDetails") && value !== undefined,
  )?.[1] as { error?: string; cause?: string } | undefined;
  return { error: details?.error, cause: details?.cause };
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
