import { parseArn } from "../../../contract/arn";
import { resourceOf } from "../../../contract/serviceCalls";
import { EVENT_SOURCE } from "../../../contract/videoEvents";
import type { BuiltStates } from "../asl/builtStates";
import { EVENT_RETRIES } from "../asl/retry";
import { allow } from "../asl/statements";
import type { TaskState, Template } from "../asl/states";
import { BOOKKEEPING_SECONDS } from "../asl/timeouts";
import { type Code, expression } from "../jsonata/code";
import { eventDetail } from "../jsonata/event";
import { eventBusArn, type WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { OWN_SOURCE } from "./ownSource";

export interface SentEvent {
  state: string;
  /** The event's `detail-type`. */
  kind: Template;
  /** Members of the detail besides those that all events have. */
  members: Record<string, Code>;
  next: string;
}

/** Builds a state that sends an event. An event that can't be sent never fails the video: the history says why. */
export function putEvent(
  settings: Pick<WorkflowSettings, "name">,
  arns: Pick<WorkflowArns, "eventBus">,
  { state: name, kind, members, next }: SentEvent,
): BuiltStates {
  const bus = eventBusArn(arns);
  const state: TaskState = {
    Type: "Task",
    Resource: resourceOf("events:putEvents", parseArn(bus).partition),
    Arguments: {
      Entries: [
        {
          EventBusName: bus,
          Source: EVENT_SOURCE,
          DetailType: kind,
          Detail: expression(eventDetail(settings.name, members)),
        },
      ],
    },
    TimeoutSeconds: BOOKKEEPING_SECONDS,
    Retry: EVENT_RETRIES,
    Catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: next }],
    Output: {},
    Next: next,
  };
  const send = { ...allow("SendEvents", ["events:PutEvents"], [bus]), ...OWN_SOURCE };
  return { states: { [name]: state }, statements: [send] };
}
