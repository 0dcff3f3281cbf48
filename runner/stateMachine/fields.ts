import type { State } from "../../contract/asl";

const STATE = ["Type", "Comment", "QueryLanguage"];
const TRANSITION = ["Next", "End"];
const RESULT = ["Output", "Assign"];
const ERROR_HANDLING = ["Retry", "Catch"];

const STATES: Record<State["Type"], readonly string[]> = {
  Task: [...STATE, ...TRANSITION, ...RESULT, ...ERROR_HANDLING, "Resource", "Arguments", "TimeoutSeconds"],
  Parallel: [...STATE, ...TRANSITION, ...RESULT, ...ERROR_HANDLING, "Branches", "Arguments"],
  Map: [
    ...STATE,
    ...TRANSITION,
    ...RESULT,
    ...ERROR_HANDLING,
    "ItemProcessor",
    "Items",
    "ItemSelector",
    "MaxConcurrency",
  ],
  Choice: [...STATE, ...RESULT, "Choices", "Default"],
  Pass: [...STATE, ...TRANSITION, ...RESULT],
  Wait: [...STATE, ...TRANSITION, ...RESULT, "Seconds", "Timestamp"],
  Succeed: [...STATE, "Output"],
  Fail: [...STATE, "Error", "Cause"],
};

/** The supported fields of each kind of object. A definition with any other field is refused. */
export const FIELDS = {
  StateMachine: ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"],
  SubMachine: ["Comment", "StartAt", "States", "ProcessorConfig"],
  State: STATES,
  ChoiceRule: ["Comment", "Condition", "Next", "Output", "Assign"],
  Retry: [
    "Comment",
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
  ],
  Catch: ["Comment", "ErrorEquals", "Next", "Output", "Assign"],
} as const;
