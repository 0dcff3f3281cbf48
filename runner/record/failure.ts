import type { JobRecord, Run, RunFailure, StateRecord } from "../../contract/run";
import { REJECTED } from "../../contract/notices";
import { isBookkeeping } from "../../contract/states";

/**
 * Explains a run that did not succeed: the state, the job, and the cause in a sentence. The definition itself reports less detail,
 * because Step Functions cannot see the log.
 */
export function explainFailure(record: Run): RunFailure | undefined {
  const { status, cause } = record;
  if (status === "SUCCEEDED" || status === "RUNNING") return undefined;
  if (status !== "FAILED") return { explanation: cause ?? "The run was stopped." };
  const state = failedState(record.states);
  const explanation = record.cause ?? record.error ?? "The pipeline failed without giving a cause.";
  if (!state) return { explanation };
  const job = failedJob(record.jobs, state.name);
  const prefix = `${state.name} failed: `;
  // The cause from the definition has more detail than the service's.
  const ownCause = record.cause?.startsWith(prefix)
    ? record.cause.slice(prefix.length)
    : record.error === REJECTED
      ? record.cause
      : state.cause || state.error;
  if (!job) return { state: state.name, explanation: ownCause || explanation };
  const attempt = job.attempts.at(-1);
  return {
    state: state.name,
    job: job.name,
    explanation: attempt?.lastErrorLine ?? attempt?.reason ?? job.statusReason ?? explanation,
    ...(attempt?.log === undefined ? {} : { log: attempt.log }),
  };
}

/** The last state that failed by itself. Enclosing states fail because of it, and a Fail state only reports it. */
function failedState(states: readonly StateRecord[]): StateRecord | undefined {
  const failed = states
    .filter(({ name, outcome }) => (outcome === "failed" || outcome === "caught") && !isBookkeeping(name))
    .sort((a, b) => (a.exited as string).localeCompare(b.exited as string));
  return failed.findLast(({ type }) => !["Parallel", "Map", "Fail"].includes(type)) ?? failed[0];
}

/** The job that caused the failure. For an array job it is the failed child. */
function failedJob(jobs: readonly JobRecord[], state: string): JobRecord | undefined {
  const job = jobs.findLast((candidate) => candidate.state === state && candidate.status === "FAILED");
  if (!job || job.arraySize === undefined) return job;
  return jobs.find(({ parentId, status }) => parentId === job.id && status === "FAILED") ?? job;
}
