import { randomUUID } from "node:crypto";

import type { SentEvent } from "../../contract/events";
import type { Json, JsonObject } from "../../contract/asl";
import type { Clock } from "../clock/clock";
import { StatesError } from "../stateMachine/errors";
import type { TaskContext, TaskHandler } from "../stateMachine/task";
import { type Entry, entrySize, findRefusal, MAX_REQUEST_BYTES, readEvent } from "../eventBridge/entry";

const MAX_ENTRIES = 10;

/**
 * `arn:aws:states:::events:putEvents`: records the events. As in the service, a request that is wrong as a whole fails, and entries that
 * are wrong by themselves fail the task too, although the others were sent.
 */
export function putEvents(clock: Clock, onEvent: (event: SentEvent) => void): TaskHandler {
  return {
    fields: ["Entries", "EndpointId"],
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run({ Entries }, { execution }) {
      const entries = (Entries as JsonObject[]).map((entry) => withResources(entry, execution));
      refuseRequest(entries);
      const results = entries.map((entry): JsonObject => {
        const refusal = findRefusal(entry);
        if (refusal) return { ErrorCode: refusal.code, ErrorMessage: refusal.message };
        onEvent(readEvent(entry, clock.now()));
        return { EventId: randomUUID() };
      });
      const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
      const answer: Json = { Entries: results, FailedEntryCount: failed };
      if (failed > 0) throw new StatesError("EventBridge.FailedEntry", JSON.stringify(answer));
      return answer;
    },
  };
}

/** Step Functions turns the detail into text, and adds the ARNs of the execution and of its state machine to the resources. */
function withResources(entry: JsonObject, execution: TaskContext["execution"]): Entry {
  const { Detail, Resources = [] } = entry;
  return {
    ...entry,
    ...(Detail === undefined ? {} : { Detail: typeof Detail === "string" ? Detail : JSON.stringify(Detail) }),
    Resources: [...(Resources as string[]), execution.id, execution.stateMachine],
  };
}

function refuseRequest(entries: readonly Entry[]): void {
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    throw invalid(`Entries must have 1 to ${MAX_ENTRIES} members. Received ${entries.length}.`);
  }
  const bytes = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
  if (bytes > MAX_REQUEST_BYTES) {
    throw invalid(`The entries must have at most ${MAX_REQUEST_BYTES} bytes together. Received ${bytes}.`);
  }
}

/** An error without a name in the service's API arrives as its general exception. */
function invalid(cause: string): StatesError {
  return new StatesError("EventBridge.AmazonEventBridgeException", cause);
}
