import type { Kind } from "../../../runner/faults/kinds";

/** What a fault of a step comes to. */
export interface Expectation {
  /** Behind the step's name, as `--fail` takes it. */
  fault: string;
  status: "SUCCEEDED" | "FAILED" | "ABORTED";
  /** The sentence of the notice, behind the name of the step; of failures. */
  cause?: RegExp;
  /** Attempts of the step's job, or of one chunk of it. */
  attempts?: number;
  /** Retries of the step by the state machine. */
  retries?: number;
  /** The job itself failed, which of an array job says how many of its chunks did. */
  ofJob?: true;
  /** The notice says where the log is. Array jobs have none. */
  log?: true;
}

const EXIT = "Essential container in task exited\\.";
const UP = / did not end within \d+ seconds, including the wait in its queue\.$/;
const refused = (error: string, cause: string): RegExp => new RegExp(`^ failed: ${error}. ${cause}`);
const gone = (error: string): RegExp =>
  new RegExp(`^ failed: the output is [a-z ]+, and only its notice could not be sent: ${error}\\.`);

const STOPPED: Expectation = { fault: ":kind=stop", status: "ABORTED" };

/** A step with a job. */
const OF_JOB: Expectation[] = [
  // It fails at once, and for ever; on the first attempt, and on two; for good.
  {
    ...{ fault: "", status: "FAILED", attempts: 3, ofJob: true, log: true },
    cause: new RegExp(`^ failed: exit code 1 after 3 attempts. ${EXIT}$`),
  },
  { fault: ":attempt=1", status: "SUCCEEDED", attempts: 2 },
  { fault: ":attempt=1-2", status: "SUCCEEDED", attempts: 3 },
  {
    ...{ fault: ":exit=2", status: "FAILED", attempts: 1, ofJob: true, log: true },
    cause: new RegExp(`^ failed: exit code 2 after 1 attempt. ${EXIT}$`),
  },
  { fault: ":attempt=2,exit=2", status: "SUCCEEDED", attempts: 1 },
  {
    ...{ fault: ":kind=attempt-timeout", ofJob: true, status: "FAILED", attempts: 1 },
    cause: /^ failed: exit code 143 after 1 attempt. Job attempt duration exceeded timeout\.$/,
  },
  { fault: ":kind=reclaim,attempt=1", status: "SUCCEEDED", attempts: 2 },
  {
    ...{ fault: ":kind=reclaim", ofJob: true, status: "FAILED", attempts: 3 },
    cause: /^ failed: Host EC2 \(instance i-0+\) terminated\.$/,
  },
  // A queue that never starts, and a step whose time is up while its job runs.
  { fault: ":kind=stuck", status: "FAILED", attempts: 0, cause: UP },
  { fault: ":kind=timeout", status: "FAILED", attempts: 1, cause: UP },
  // The service's trouble, once and for ever; a permission that is missing.
  { fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1, attempts: 1 },
  {
    ...{ fault: ":kind=throttle", status: "FAILED", retries: 6 },
    cause: refused("Batch.AWSBatchException", "Too Many Requests"),
  },
  { fault: ":kind=unavailable,attempt=1-3", status: "SUCCEEDED", retries: 3, attempts: 1 },
  {
    ...{ fault: ":kind=unavailable", status: "FAILED", retries: 6 },
    cause: refused("Batch.ServerException", "Internal server error"),
  },
  {
    ...{ fault: ":kind=denied", status: "FAILED", retries: 6 },
    cause: refused("Batch.AWSBatchException", "The role of the state machine is not authorized to perform: batch:"),
  },
  { ...STOPPED, attempts: 1 },
];

const OF_PLAN: Expectation[] = [
  { fault: ":kind=timeout", status: "FAILED", cause: UP },
  { fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1 },
  {
    ...{ fault: ":kind=throttle", status: "FAILED", retries: 4 },
    cause: refused("S3.S3Exception", "Please reduce your request rate"),
  },
  {
    ...{ fault: ":kind=unavailable", status: "FAILED", retries: 4 },
    cause: refused("S3.S3Exception", "We encountered an internal error"),
  },
  {
    ...{ fault: ":kind=denied", status: "FAILED", retries: 4 },
    cause: refused("S3.S3Exception", "Access Denied"),
  },
  {
    ...{ fault: ":kind=missing", status: "FAILED", retries: 0 },
    cause: refused("S3.NoSuchKeyException", "The specified key does not exist"),
  },
  {
    ...{ fault: ":kind=unreadable", status: "FAILED", retries: 0 },
    cause: refused("States.QueryEvaluationError", "An error occurred while executing the state 'Read Plan'"),
  },
  STOPPED,
];

const OF_QUESTION: Expectation[] = [
  {
    ...{ fault: ":kind=timeout", status: "FAILED", retries: 0 },
    cause: /^The video was rejected: nobody answered within \d+ seconds, and rejection is the default\.$/,
  },
  { fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1 },
  {
    ...{ fault: ":kind=throttle", status: "FAILED", retries: 5 },
    cause: refused("SNS.ThrottledException", "Rate exceeded"),
  },
  {
    ...{ fault: ":kind=unavailable", status: "FAILED", retries: 5 },
    cause: refused("SNS.InternalErrorException", "Internal error"),
  },
  {
    ...{ fault: ":kind=denied", status: "FAILED", retries: 0 },
    cause: refused("SNS.AuthorizationErrorException", "The role of the state machine"),
  },
  STOPPED,
];

/** The notice that there is a video. */
const OF_NOTICE: Expectation[] = [
  { fault: ":kind=timeout", status: "FAILED", retries: 0, cause: gone("States.Timeout") },
  { fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1 },
  { fault: ":kind=throttle", status: "FAILED", retries: 5, cause: gone("SNS.ThrottledException") },
  { fault: ":kind=unavailable", status: "FAILED", retries: 5, cause: gone("SNS.InternalErrorException") },
  { fault: ":kind=denied", status: "FAILED", retries: 0, cause: gone("SNS.AuthorizationErrorException") },
  STOPPED,
];

export const EXPECTED = { job: OF_JOB, plan: OF_PLAN, question: OF_QUESTION, notice: OF_NOTICE };

/** The kinds that expectations are of. Without one it is the first of the step's service. */
export function kindsIn(expectations: Expectation[], first: Kind): Set<string> {
  return new Set(expectations.map(({ fault }) => /kind=([\w-]+)/.exec(fault)?.[1] ?? first));
}
