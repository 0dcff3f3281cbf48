import { outputs } from "../../../contract/outputs";
import { NOTIFY_FAILURE, READ_CAUSE } from "../../../contract/states";
import type { BuiltStates, BuiltTask } from "../asl/builtStates";
import type { Template } from "../asl/states";
import { BOOKKEEPING_SECONDS } from "../asl/timeouts";
import { type Code, expression } from "../jsonata/code";
import { FAILED_JOB, failureWithSentence } from "../jsonata/failure";
import { namedAfterJob } from "../jsonata/outputObjects";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { readObject } from "../storage/readObject";

/** Adds the worker's sentence to the cause of the notice. */
export function readCause(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const { state, statements } = readSentence(settings, arns, {
    job: FAILED_JOB,
    assign: { failure: expression(failureWithSentence()) },
    output: {},
    otherwise: {},
    next: NOTIFY_FAILURE,
  });
  return { states: { [READ_CAUSE]: state }, statements };
}

export interface SentenceReading {
  /** Yields the job's id. */
  job: Code;
  assign?: Record<string, Template>;
  output: Template;
  /** The output if there is no sentence. */
  otherwise: Template;
  next: string;
}

/**
 * Reads the sentence that the worker left for a failed job: Batch itself knows only an exit code. If there is none,
 * because the worker did not start or no job failed, the cause stays as it is.
 */
export function readSentence(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { job, assign, output, otherwise, next }: SentenceReading,
): BuiltTask {
  const { call, statements } = readObject(settings, arns, {
    uri: namedAfterJob(outputs.failure, job),
    paths: outputs.failure("*"),
    sid: "ReadCauses",
  });
  return {
    state: {
      ...call,
      TimeoutSeconds: BOOKKEEPING_SECONDS,
      // Usually it fails because there is no sentence, and the notice must not wait for retries of the rest.
      Retry: [],
      Catch: [{ ErrorEquals: ["States.ALL"], Output: otherwise, Next: next }],
      ...(assign ? { Assign: assign } : {}),
      Output: output,
      Next: next,
    },
    statements,
  };
}
