// What runs in a function's own process: it gets the call as its first message, and sends the answer. It treats handlers as Lambda's
// runtime for Node.js 22 does: a promise or the callback has the answer, and an event loop that runs empty is the answer `null`.
const { existsSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

function send(answer) {
  process.send(answer, () => process.exit());
}

function sendFailure(errorType, errorMessage, trace = []) {
  send({ error: { errorType, errorMessage, trace } });
}

function fail(error) {
  if (error instanceof Error) sendFailure(error.name, error.message, linesOf(error.stack));
  else sendFailure(typeof error, String(error));
}

function linesOf(stack) {
  return stack === undefined ? [] : stack.split("\n");
}

/** Sends what a handler answers. JSON has no word for what is undefined, and Lambda answers `null`. */
function answer(value) {
  let payload;
  try {
    payload = JSON.stringify(value ?? null);
  } catch {
    return fail(new Error("Unable to stringify response body"));
  }
  send({ payload });
}

/** The function that a handler such as `index.handler` names. Nothing if it has sent why there is none. */
async function load(handler) {
  const [, file, name] = /^(.+?)\.([^./]+)$/.exec(handler) ?? [];
  if (file === undefined) return sendFailure("Runtime.MalformedHandlerName", "Bad handler");
  const found = [".js", ".mjs", ".cjs"].map((ending) => path.resolve(file + ending)).find(existsSync);
  if (found === undefined) return sendFailure("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  try {
    const loaded = await import(pathToFileURL(found));
    const named = loaded[name] ?? loaded.default?.[name];
    if (typeof named === "function") return named;
  } catch (error) {
    return failToLoad(error);
  }
  return sendFailure("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
}

function failToLoad(error) {
  if (error instanceof SyntaxError) {
    return sendFailure("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`, linesOf(error.stack));
  }
  if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(error?.code)) return fail(error);
  return sendFailure("Runtime.ImportModuleError", `Error: ${error.message}`, linesOf(error.stack));
}

process.once("message", async ({ handler, event, context, deadline }) => {
  process.channel.unref();
  process.once("uncaughtException", fail);
  process.once("unhandledRejection", (reason) =>
    sendFailure("Runtime.UnhandledPromiseRejection", String(reason), linesOf(reason?.stack)),
  );
  const run = await load(handler);
  if (run === undefined) return;
  process.once("beforeExit", () => answer(null));
  const call = { ...context, getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0) };
  try {
    const returned = run(event, call, (error, value) => (error ? fail(error) : answer(value)));
    if (typeof returned?.then === "function") answer(await returned);
  } catch (error) {
    fail(error);
  }
});
