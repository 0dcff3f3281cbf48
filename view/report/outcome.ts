import { missingFrom, REJECTED } from "../../contract/notices";
import type { Run } from "../../contract/run";

/** How a run ended, as a word and as a class of the style. */
export interface OutcomeLook {
  word: string;
  look: "running" | "succeeded" | "partial" | "failed" | "stopped";
}

const OUTCOMES: Record<Run["status"], OutcomeLook> = {
  RUNNING: { word: "Running", look: "running" },
  SUCCEEDED: { word: "Succeeded", look: "succeeded" },
  FAILED: { word: "Failed", look: "failed" },
  ABORTED: { word: "Stopped", look: "stopped" },
  TIMED_OUT: { word: "Timed out", look: "failed" },
};

export function outcomeOf(run: Run): OutcomeLook {
  if (run.status === "SUCCEEDED" && missingFrom(run).length > 0) return { word: "Partial", look: "partial" };
  if (run.status === "FAILED" && run.error === REJECTED) return { word: "Rejected", look: "failed" };
  return OUTCOMES[run.status];
}
