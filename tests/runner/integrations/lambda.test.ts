import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Json, JsonObject } from "../../../contract/asl";
import { SystemClock, VirtualClock } from "../../../runner/clock/clock";
import { invokeFunction } from "../../../runner/integrations/lambda";
import { findMismatches, withModels } from "../../../runner/integrations/serviceModel";
import type { LocalFunction } from "../../../runner/lambda/function";
import { useEnvironment } from "../../support/useEnvironment";
import { observe, single } from "../stateMachine/support";
import { gone } from "../../support/processes";
import { context, failureOf } from "./support";

const RESOURCE = "arn:aws:states:::lambda:invoke";
const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:catalogue";

/** Handlers by the name of their export, each of which does something else. */
const CODE = `
import { S3Client } from "@aws-sdk/client-s3";
import { hello } from "./inner/hello.cjs";

export const echo = async (event, context) => ({
  event,
  greeting: hello,
  name: context.functionName,
  arn: context.invokedFunctionArn,
  isInTime: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 50_000,
  sdk: typeof S3Client,
});
export const environment = async () => ({ ...process.env, PATH: undefined, HOME: undefined, LANG: undefined, cwd: process.cwd() });
export const nothing = async () => {};
export const withCallback = (event, context, callback) => setTimeout(() => callback(null, "later"), 10);
export const returnsWithoutWaiting = () => "lost";
export const neverSettles = () => new Promise(() => {});
export const fails = async () => { throw Object.assign(new TypeError("That was too much."), { name: "CatalogueError" }); };
export const throwsText = () => { throw "a text"; };
export const failsByCallback = (event, context, callback) => callback(new RangeError("Too far."));
export const rejectsUnseen = async () => { Promise.reject(new Error("unseen")); await new Promise((resolve) => setTimeout(resolve, 5000)); };
export const throwsUnseen = () => { setTimeout(() => { throw new EvalError("late"); }, 5); };
export const circular = async () => { const one = {}; one.one = one; return one; };
export const exits = () => process.exit(3);
export const leaves = () => process.exit();
export const hangs = async () => { for (;;); };
export const startsProcess = async ({ ends }) => {
  const { spawn } = await import("node:child_process");
  const { pid } = spawn("sleep", ["60"], { stdio: "ignore" });
  console.log("started " + pid);
  if (!ends) await new Promise((resolve) => setTimeout(resolve, 60_000));
};
export const sleeps = async () => { await new Promise((resolve) => setTimeout(resolve, 60_000)); };
export const large = async (size) => "x".repeat(size);
export const prints = async () => { console.log("a line"); console.error("a complaint"); };
export const value = 7;
`;

describe("lambda:invoke", () => {
  let folder: string;
  let code: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lambda-test-"));
    code = path.join(folder, "function");
    mkdirSync(path.join(code, "inner"), { recursive: true });
    mkdirSync(scratch());
    writeFileSync(path.join(code, "index.mjs"), CODE);
    writeFileSync(path.join(code, "inner", "hello.cjs"), 'exports.hello = "hello";');
    writeFileSync(path.join(code, "broken.js"), "exports.handler = (;");
    writeFileSync(path.join(code, "alone.mjs"), 'import "typescript"; export const handler = () => {};');
    writeFileSync(path.join(code, "wrong.cjs"), 'throw new Error("It can\'t begin.");');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const local = (settings: Partial<LocalFunction> = {}): LocalFunction => ({
    ...{ arn: ARN, name: "catalogue", code, handler: "index.echo", runtime: "nodejs22.x", versions: [] },
    ...{ timeoutSeconds: 50, memoryMiB: 128, environment: {} },
    ...settings,
  });
  const called = (settings: Partial<LocalFunction>, args: JsonObject = {}, logs?: string): Promise<Json> =>
    invokeFunction({ functions: [local(settings)], clock: new VirtualClock(), logs }).run(
      { FunctionName: ARN, ...args },
      context(),
    );
  /** Other tests have their sandboxes in the machine's own folder. */
  const scratch = (): string => path.join(folder, "scratch");
  const setEnvironment = useEnvironment();
  beforeEach(() => setEnvironment({ TMPDIR: scratch() }));

  it("answers as Step Functions shows it, and leaves nothing behind", async () => {
    assert.deepEqual(await called({}, { Payload: { a: ["é"] } }), {
      ExecutedVersion: "$LATEST",
      Payload: {
        ...{ event: { a: ["é"] }, greeting: "hello", name: "catalogue", arn: ARN, isInTime: true, sdk: "function" },
      },
      StatusCode: 200,
    });
    assert.deepEqual(readdirSync(scratch()), []);
  });

  const ANSWERS: [handler: string, answer: Json][] = [
    ["nothing", null],
    ["withCallback", "later"],
    // As Lambda does: only a promise or the callback has an answer.
    ["returnsWithoutWaiting", null],
    ["neverSettles", null],
  ];
  for (const [handler, answer] of ANSWERS) {
    it(`answers ${JSON.stringify(answer)} where the handler ${handler}`, async () => {
      assert.deepEqual(((await called({ handler: `index.${handler}` })) as JsonObject)["Payload"], answer);
    });
  }

  it("gives the code its variables, those of Lambda, and the way to AWS, and nothing else of this process", async () => {
    setEnvironment({ AWS_ENDPOINT_URL_LAMBDA_TEST: "http://127.0.0.1:9", VIDEO_BATCH_TEST_SECRET: "no" });
    const { Payload } = (await called({ handler: "index.environment", environment: { TABLE: "videos" } })) as {
      Payload: Record<string, string>;
    };
    assert.ok(!("VIDEO_BATCH_TEST_SECRET" in Payload) && !("FFMPEG_PATH" in Payload));
    const { TABLE, AWS_ENDPOINT_URL_LAMBDA_TEST, AWS_LAMBDA_FUNCTION_NAME, AWS_EXECUTION_ENV, _HANDLER } = Payload;
    assert.deepEqual(
      { TABLE, AWS_ENDPOINT_URL_LAMBDA_TEST, AWS_LAMBDA_FUNCTION_NAME, AWS_EXECUTION_ENV, _HANDLER },
      {
        ...{ TABLE: "videos", AWS_ENDPOINT_URL_LAMBDA_TEST: "http://127.0.0.1:9" },
        ...{ AWS_LAMBDA_FUNCTION_NAME: "catalogue", AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
        _HANDLER: "index.environment",
      },
    );
    assert.equal(Payload["cwd"], Payload["LAMBDA_TASK_ROOT"]);
    assert.notEqual(Payload["cwd"], code);
  });

  const ERRORS: [what: string, settings: Partial<LocalFunction>, error: string, message: RegExp][] = [
    ["an error's name", { handler: "index.fails" }, "CatalogueError", /^That was too much\.$/],
    ["a thrown text", { handler: "index.throwsText" }, "string", /^a text$/],
    ["the callback's error", { handler: "index.failsByCallback" }, "RangeError", /^Too far\.$/],
    [
      "a rejection that nobody handles",
      { handler: "index.rejectsUnseen" },
      "Runtime.UnhandledPromiseRejection",
      /^Error: unseen$/,
    ],
    ["an exception that nobody catches", { handler: "index.throwsUnseen" }, "EvalError", /^late$/],
    ["an answer that is no JSON", { handler: "index.circular" }, "Error", /^Unable to stringify response body$/],
    ["an exit", { handler: "index.exits" }, "Runtime.ExitError", /Error: Runtime exited with error: exit status 3$/],
    ["an exit as if all were well", { handler: "index.leaves" }, "Runtime.ExitError", /without providing a reason$/],
    [
      "a loop without end",
      { handler: "index.hangs", timeoutSeconds: 1 },
      "Sandbox.Timedout",
      /^RequestId: [\da-f-]{36} Error: Task timed out after 1\.00 seconds$/,
    ],
    [
      "a missing file",
      { handler: "other.handler" },
      "Runtime.ImportModuleError",
      /^Error: Cannot find module 'other'$/,
    ],
    [
      "a package that is not in the archive",
      { handler: "alone.handler" },
      "Runtime.ImportModuleError",
      /^Error: Cannot find package 'typescript' imported from /,
    ],
    ["code that is no JavaScript", { handler: "broken.handler" }, "Runtime.UserCodeSyntaxError", /^SyntaxError: /],
    ["code that fails when it is loaded", { handler: "wrong.handler" }, "Error", /^It can't begin\.$/],
    [
      "a missing export",
      { handler: "index.value" },
      "Runtime.HandlerNotFound",
      /^index\.value is undefined or not exported$/,
    ],
    ["a handler without a name", { handler: "index" }, "Runtime.MalformedHandlerName", /^Bad handler$/],
  ];
  for (const [what, settings, error, message] of ERRORS) {
    it(`fails with ${error} after ${what}`, async () => {
      const [name, cause] = await failureOf(called(settings));
      assert.equal(name, error);
      const { errorType, errorMessage, trace } = JSON.parse(cause!) as Record<string, unknown>;
      assert.equal(errorType, error);
      assert.match(errorMessage as string, message);
      assert.equal(trace === undefined, /^Runtime.ExitError|^Sandbox/.test(error));
    });
  }

  it("keeps to the limits of Lambda and of Step Functions", async () => {
    const [tooLarge, cause] = await failureOf(called({ handler: "index.large" }, { Payload: 6_291_555 }));
    assert.equal(tooLarge, "Function.ResponseSizeTooLarge");
    assert.match(cause!, /exceeded maximum allowed payload size \(6291556 bytes\)/);
    assert.deepEqual(await failureOf(called({ handler: "index.large" }, { Payload: 262_143 })), [
      "States.DataLimitExceeded",
      "The answer of catalogue has 262145 bytes. The result of a task can have at most 262144.",
    ]);
    assert.deepEqual(await failureOf(called({}, { Payload: "x".repeat(262_143) })), [
      "States.DataLimitExceeded",
      "The Payload has 262145 bytes. The arguments of a task can have at most 262144.",
    ]);
  });

  it("prints into a log of the function's name", async () => {
    const logs = path.join(folder, "logs");
    await called({ handler: "index.prints" }, {}, logs);
    await called({ handler: "index.prints" }, {}, logs);
    assert.equal(readFileSync(path.join(logs, "catalogue.log"), "utf8"), "a line\na complaint\n".repeat(2));
  });

  it("leaves no process behind that the function started, when it ends or its time is up", async () => {
    for (const ends of [true, false]) {
      const logs = path.join(folder, `processes-${ends}`);
      const settings = { handler: "index.startsProcess", timeoutSeconds: ends ? 50 : 4 };
      const run = called(settings, { Payload: { ends } }, logs);
      if (ends) await run;
      else assert.equal((await failureOf(run))[0], "Sandbox.Timedout");
      const [, pid] = /^started (\d+)$/m.exec(readFileSync(path.join(logs, "catalogue.log"), "utf8")) ?? [];
      await gone(Number(pid));
    }
  });

  it("ends the process when it is aborted, and not before", async () => {
    const abort = new AbortController();
    const running = invokeFunction({ functions: [local({ handler: "index.sleeps" })], clock: new SystemClock() }).run(
      { FunctionName: ARN },
      context(abort.signal),
    );
    setTimeout(() => abort.abort(new Error("stopped")), 200);
    await assert.rejects(running, /^Error: stopped$/);
    assert.deepEqual(readdirSync(scratch()), []);
  });

  const NAMES: [args: JsonObject, settings: Partial<LocalFunction>, version: string][] = [
    [{ FunctionName: "catalogue" }, {}, "$LATEST"],
    [{ FunctionName: "123456789012:function:catalogue" }, {}, "$LATEST"],
    [{ FunctionName: `${ARN}:$LATEST` }, {}, "$LATEST"],
    [{ FunctionName: `${ARN}:1` }, { versions: ["1"] }, "1"],
    [{ FunctionName: "catalogue", Qualifier: "1" }, { versions: ["1"] }, "1"],
  ];
  it("finds the function by its names, and the version", async () => {
    for (const [args, settings, version] of NAMES) {
      const { ExecutedVersion } = (await called({ handler: "index.nothing", ...settings }, args)) as JsonObject;
      assert.equal(ExecutedVersion, version, JSON.stringify(args));
    }
  });

  const REFUSED: [args: JsonObject, error: string, cause: string][] = [
    [{ FunctionName: "catalog" }, "Lambda.ResourceNotFoundException", "Function not found: catalog"],
    [{ Qualifier: "1" }, "Lambda.ResourceNotFoundException", `Function not found: ${ARN}:1`],
    [
      { FunctionName: ARN.replace("eu-west-1", "eu-west-2") },
      "Lambda.ResourceNotFoundException",
      `Function not found: ${ARN.replace("eu-west-1", "eu-west-2")}`,
    ],
    [
      { FunctionName: "a catalogue" },
      "Lambda.InvalidParameterValueException",
      'FunctionName must be the name or the ARN of a function. Received "a catalogue".',
    ],
    [
      { FunctionName: `${ARN}:1`, Qualifier: "2" },
      "Lambda.InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    ],
  ];
  for (const [args, error, cause] of REFUSED) {
    it(`refuses ${JSON.stringify(args)}`, async () => {
      assert.deepEqual(await failureOf(called({}, args)), [error, cause]);
    });
  }

  it("takes any payload, and refuses what the service's model does not have", () => {
    assert.deepEqual(findMismatches(RESOURCE, { FunctionName: "a", Payload: [1], Qualifier: "1" }), []);
    assert.deepEqual(findMismatches(RESOURCE, { Payload: 1, Qualifier: 1 }), [
      "The field 'FunctionName' is required but was missing",
      "The value for the field 'Qualifier' must be a STRING",
    ]);
  });

  it("is retried and caught by the name of the function's error", async () => {
    const handlers = withModels({
      [RESOURCE]: invokeFunction({ functions: [local({ handler: "index.fails" })], clock: new VirtualClock() }),
    });
    const task = {
      ...{ Type: "Task", Resource: RESOURCE, Arguments: { FunctionName: ARN }, End: true },
      Retry: [{ ErrorEquals: ["CatalogueError"], MaxAttempts: 1 }],
    };
    const { status, error, events } = await observe(single(task), {}, { handlers });
    assert.deepEqual([status, error], ["FAILED", "CatalogueError"]);
    assert.equal(events.filter(({ type }) => type === "stateRetried").length, 1);
  });
});
