import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";

import type { Json } from "../../contract/asl";
import { baseEnvironment } from "../batch/launchers/baseEnvironment";
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
 * Runs a function once, in a process of its own with nothing but its code, its environment variables and the AWS SDK. Where a program
 * configures endpoints or credentials for AWS, the function has them too, as jobs have. Rejects when the signal is aborted, once the process is gone.
 */
export async function invoke(
  { called, version }: CalledFunction,
  event: Json,
  { logs, signal }: InvocationOptions,
): Promise<Answer> {
  signal.throwIfAborted();
  const requestId = randomUUID();
  const sandbox = new Sandbox(called.code);
  const log = logs === undefined ? undefined : openLog(logs, called.name);
  try {
    const child = spawn(process.execPath, [`--max-old-space-size=${called.memoryMiB}`, BOOTSTRAP], {
      cwd: sandbox.task,
      env: environmentOf(called, version, sandbox.task),
      stdio: ["ignore", log ?? "ignore", log ?? "ignore", "ipc"],
    });
    const ended = answerOf(child, requestId);
    child.send({
      ...{ handler: called.handler, event, deadline: Date.now() + called.timeoutSeconds * 1000 },
      context: contextOf(called, version, requestId),
    });
    const answer = await limited(child, ended, { called, requestId, signal });
    return "payload" in answer ? limitSize(answer.payload) : answer;
  } finally {
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
  const [, , , region = ""] = arn.split(":");
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

/** What the process sends, or how it ended without an answer. Resolves once it is gone. */
function answerOf(child: ChildProcess, requestId: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.once("message", (message) => (answer = message as Answer));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
      const reason = code === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: ${how}`;
      resolve(
        answer ?? {
          error: { errorType: "Runtime.ExitError", errorMessage: `RequestId: ${requestId} Error: ${reason}` },
        },
      );
    });
  });
}

interface Limit {
  called: LocalFunction;
  requestId: string;
  signal: AbortSignal;
}

/** Kills the process when its time is up, or when the signal is aborted. */
async function limited(
  child: ChildProcess,
  ended: Promise<Answer>,
  { called: { timeoutSeconds }, requestId, signal }: Limit,
): Promise<Answer> {
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    child.kill("SIGKILL");
  }, timeoutSeconds * 1000);
  const stop = (): void => void child.kill("SIGKILL");
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
