import { NOTIFY_FAILURE, READ_CAUSE } from "../../../contract/states";
import type { TaskState, Template } from "../asl/states";
import { expression } from "../jsonata/code";
import { allow, type Statement } from "../asl/statements";
import { getObject } from "../storage/outputObjects";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";
import { SECONDS_OF_ASIDE } from "../asl/timeouts";

/** Batch's cause in brackets behind the worker's sentence. Both as code; the first is a whole cause, with the step. */
export function withSentence(cause: string, sentence: string, longest: number): string {
  // What comes before is the step, and what comes after is exit code, attempts, chunks.
  const [step, told] = ["$substringBefore", "$substringAfter"].map((side) => `${side}(${cause}, ' failed: ')`);
  const shortened = `$substring(${sentence}, 0, ${(longest * 3) / 4})`;
  return `$substring(${step} & ' failed: ' & ${shortened} & ' (' & $replace(${told}, /\\.$/, '') & ')', 0, ${longest})`;
}

/** Takes the worker's sentence into the cause of the notice. */
export function readCause(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const cause = withSentence("$failure.cause", "$states.result.Body", 2000);
  const { state, statements } = readSentence(settings, arns, {
    job: "$failure.job",
    assign: { failure: expression(`$merge([$failure, {'cause': ${cause}}])`) },
    output: {},
    otherwise: {},
    next: NOTIFY_FAILURE,
  });
  return { states: { [READ_CAUSE]: state }, statements };
}

export interface SentenceReading {
  /** Code of the job's id. */
  job: string;
  assign?: Record<string, Template>;
  output: Template;
  /** The output where there is no sentence. */
  otherwise: Template;
  next: string;
}

/**
 * Reads the sentence that the worker left for a failed job: Batch itself knows only an exit code. Where there is none, because
 * the job never came to it or no job failed, the cause stays what Batch says.
 */
export function readSentence(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { job, assign, output, otherwise, next }: SentenceReading,
): { state: TaskState; statements: Statement[] } {
  const { call, objectArn } = getObject(settings, arns, `'/work/failures/' & ${job} & '.txt'`);
  const state: TaskState = {
    ...call,
    TimeoutSeconds: SECONDS_OF_ASIDE,
    // Most of its failures are that there is no sentence, and the notice must not wait for the rest.
    Retry: [],
    Catch: [{ ErrorEquals: ["States.ALL"], Output: otherwise, Next: next }],
    ...(assign ? { Assign: assign } : {}),
    Output: output,
    Next: next,
  };
  return { state, statements: [allow("ReadCauses", ["s3:GetObject"], [objectArn("*work/failures/*.txt")])] };
}
