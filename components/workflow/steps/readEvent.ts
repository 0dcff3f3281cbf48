import { EVENT_STATES, READ_EVENT } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { Branch, ParallelState } from "../asl/states";
import { catchAll } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { BRANCH_RESULT, type EventMapping, inputOfEvent, lacksVideo, READ_INPUT } from "../jsonata/eventInput";
import { usesParameter } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";

/** The error of an execution whose event names no video. */
const EVENT_WITHOUT_VIDEO = "EventWithoutVideo";

/**
 * Reads what started the execution as an input, for all states after it. A Parallel, because nothing else without a service can catch an
 * error of the user's expression, and because the refusal is a sentence of its own only in a Fail state.
 */
export function readEvent(settings: WorkflowSettings, mapping: EventMapping, next: string): BuiltStates {
  const read = expression(BRANCH_RESULT);
  const state: ParallelState = {
    Type: "Parallel",
    Arguments: expression(inputOfEvent(mapping)),
    Branches: [usesParameter(settings, "input") ? checkEvent(mapping) : acceptEvent()],
    // The notice reads these variables.
    Catch: [catchAll(READ_EVENT, { alsoAssign: { input: null, output: null } })],
    Assign: { given: read },
    Output: read,
    Next: next,
  };
  return { states: { [READ_EVENT]: state }, statements: [] };
}

function checkEvent(mapping: EventMapping): Branch {
  const { check, accept, refuse } = EVENT_STATES;
  return {
    StartAt: check,
    States: {
      [check]: {
        Type: "Choice",
        Choices: [{ Condition: expression(lacksVideo()), Next: refuse }],
        Default: accept,
      },
      [refuse]: { Type: "Fail", Error: EVENT_WITHOUT_VIDEO, Cause: withoutVideo(mapping) },
      ...acceptEvent().States,
    },
  };
}

function acceptEvent(): Branch {
  const { accept } = EVENT_STATES;
  return { StartAt: accept, States: { [accept]: { Type: "Succeed", Output: expression(READ_INPUT) } } };
}

/** What an event without a video lacks, for people. */
function withoutVideo({ executionInput }: EventMapping): string {
  return executionInput === undefined
    ? "The event has no video: its detail must have an input like s3://bucket/key, or be that of S3's Object Created event."
    : "The event has no video: trigger.events.executionInput must yield an object with an input like s3://bucket/key.";
}
