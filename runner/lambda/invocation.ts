import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";

import { parseArn } from "../../contract/arn";
import type { Json } from "../../contract/asl";
import { baseEnvironment } from "../batch/launchers/baseEnvironment";
import { killGroup } from "../batch/launchers/killGroup";
import { Watchdog } from "../batch/launchers/watchdog";
import type { CalledFunction, LocalFunction } from "./function";
import { Sandbox } from "./sandbox";

const BOOTSTRAP = path.join(__dirname, "bootstrap.cjs");

/** Bytes of a response that Lambda takes. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_RESPONSE_BYTES = 6_291_556;

/** What an invocation answers: JSON, or the error of the function or its runtime. */
export type Answer = { payload: string } | { error: FunctionError };

export interface FunctionError {
  errorType: string;
  errorMessage: string;
  /** Absent if the process ended without saying anything. */
  trace?: string[];
}

export interface InvocationOptions {
  /** Folder for what the function prints, which is in a file of the function's name. Without it, that gets lost. */
  logs?: string;
  signal: AbortSignal;
}

/**
 * Runs a function once, in a process of its own with nothing but its code, its environment variables and the AWS SDK. Credentials and
 * endpoints of AWS in the environment of this process are the function's too, as they are those of jobs. Its time is real, whatever clock the run
 * has. Rejects when the signal is aborted, once the process and all that it started are gone.
 */
export async function invoke(
  { called, version }: CalledFunction,
  event: Json,
  { logs, signal }: InvocationOptions,
): Promise<Answer> {
  signal.throwIfAborted();
  const requestId = randomUUID();
  const sandbox = new Sandbox(called.code);
  // Without a shell, the function runs all the same, unwatched.
  const watchdog = new Watchdog(sandbox.root, () => undefined);
  const log = logs === undefined ? undefined : openLog(logs, called.name);
  try {
    const child = spawn(process.execPath, [`--max-old-space-size=${called.memoryMiB}`, BOOTSTRAP], {
      detached: true,
      cwd: sandbox.task,
      env: environmentOf(called, version, sandbox.task),
      stdio: ["ignore", log ?? "ignore", log ?? "ignore", "ipc"],
    });
    watchdog.watch(child.pid);
    const ended = answerOf(child, requestId);
    const deadline = Date.now() + called.timeoutSeconds * 1000;
    const context = contextOf(called, version, requestId);
    // An error here is that of a process that has ended, and its end is the answer.
    child.send({ handler: called.handler, event, deadline, context }, () => undefined);
    const answer = await limited(child, ended, { called, requestId, signal });
    return "payload" in answer ? limitSize(answer.payload) : answer;
  } finally {
    watchdog.release();
    if (log !== undefined) closeSync(log);
    sandbox.remove();
  }
}

function openLog(folder: string, name: string): number {
  mkdirSync(folder, { recursive: true });
  return openSync(path.join(folder, `${name}.log`), "a");
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function environmentOf(
  { arn, name, handler, runtime, memoryMiB, environment }: LocalFunction,
  version: string,
  task: string,
): Record<string, string> {
  const { region } = parseArn(arn);
  const own = Object.entries(baseEnvironment()).filter(([variable]) => !/^FF(MPEG|PROBE)_PATH$/.test(variable));
  return {
    ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region, TZ: ":UTC", ...Object.fromEntries(own) },
    ...{ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...environment },
    ...{ AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_VERSION: version },
    ...{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB), AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}` },
    ...{ LAMBDA_TASK_ROOT: task, _HANDLER: handler },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ arn, name, memoryMiB }: LocalFunction, version: string, requestId: string): object {
  return {
    ...{ functionName: name, functionVersion: version, memoryLimitInMB: String(memoryMiB), awsRequestId: requestId },
    invokedFunctionArn: version === "$LATEST" ? arn : `${arn}:${version}`,
    ...{ logGroupName: `/aws/lambda/${name}`, logStreamName: "local" },
    ...{ callbackWaitsForEmptyEventLoop: true },
  };
}

/** What the process sends, or how it ended without an answer. Resolves once it is gone, with all that it started. */
async function answerOf(child: ChildProcess, requestId: string): Promise<Answer> {
  let answer: Answer | undefined;
  child.once("message", (message) => (answer = message as Answer));
  // The end of the process may be known before its last message.
  const [[code, signal]] = (await Promise.all([once(child, "exit"), once(child, "disconnect")])) as [
    [number | null, NodeJS.Signals | null],
    unknown,
  ];
  killGroup(child, "SIGKILL");
  const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
  const reason = code === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: ${how}`;
  const errorMessage = `RequestId: ${requestId} Error: ${reason}`;
  return answer ?? { error: { errorType: "Runtime.ExitError", errorMessage } };
}

interface Limit {
  called: LocalFunction;
  requestId: string;
  signal: AbortSignal;
}

/** Kills the process and all that it started when its time is up, or when the signal is aborted. */
async function limited(
  child: ChildProcess,
  ended: Promise<Answer>,
  { called: { timeoutSeconds }, requestId, signal }: Limit,
): Promise<Answer> {
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    killGroup(child, "SIGKILL");
  }, timeoutSeconds * 1000);
  const stop = (): void => killGroup(child, "SIGKILL");
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answer = await ended;
    signal.throwIfAborted();
    if (!isTimedOut) return answer;
    const seconds = timeoutSeconds.toFixed(2);
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    return { error: { errorType: "Sandbox.Timedout", errorMessage } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function limitSize(payload: string): Answer {
  if (Buffer.byteLength(payload) <= MAX_RESPONSE_BYTES) return { payload };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return { error: { errorType: "Function.ResponseSizeTooLarge", errorMessage } };
}
