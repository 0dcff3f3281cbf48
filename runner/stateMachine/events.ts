import type { Json } from "./definition";

/** One pass through a state. A state that runs twice, in a loop or for two items of a Map, has two visits. */
export interface StateVisit {
  id: number;
  state: string;
  type: string;
  /** The states around it with their branch or item, outermost first: `["Process Video[1]", "Transcode Video[0]"]`. */
  path: string[];
}

export type ExecutionStatus = "SUCCEEDED" | "FAILED" | "ABORTED" | "TIMED_OUT";

export type StateOutcome = "succeeded" | "caught" | "failed" | "cancelled";

/** Times are the clock's, in milliseconds since the epoch. */
export type StateMachineEvent =
  | { type: "executionStarted"; time: number; id: string; input: Json }
  | { type: "stateEntered"; time: number; visit: StateVisit; input: Json }
  | { type: "stateRetried"; time: number; visit: StateVisit; error?: string; cause?: string; delaySeconds: number }
  | {
      type: "stateExited";
      time: number;
      visit: StateVisit;
      outcome: StateOutcome;
      output?: Json;
      error?: string;
      cause?: string;
      next?: string;
    }
  | {
      type: "executionEnded";
      time: number;
      status: ExecutionStatus;
      output?: Json;
      error?: string;
      cause?: string;
    };
