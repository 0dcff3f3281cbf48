import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Context, createContext, runInContext } from "node:vm";

/** What an expression yields as JSON (nothing for no value), or why it can't be evaluated. */
export interface Evaluation {
  value?: unknown;
  error?: string;
}

/** What an evaluation may take of the processor: an expression may call itself forever. A busy machine doesn't make it longer. */
const MAX_MS = 1_000;
const MAX_DEPTH = 1_000;

/** When Node ends whatever still runs, such as the search of a regular expression. */
const GIVE_UP_MS = 10_000;

/**
 * The functions that Step Functions adds to JSONata's.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
const FUNCTIONS: Record<string, [implementation: (...values: never[]) => unknown, signature: string]> = {
  parse: [(text: string) => JSON.parse(text) as unknown, "<s:x>"],
  hash: [
    (text: string, algorithm: string) => createHash(algorithm.replace("SHA-", "sha")).update(text).digest("hex"),
    "<ss:s>",
  ],
  uuid: [() => randomUUID(), "<:s>"],
  random: [() => Math.random(), "<n?:n>"],
  range: [
    (first: number, last: number, step: number) =>
      Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step),
    "<nnn:a<n>>",
  ],
  partition: [
    (values: unknown[], size: number) =>
      Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
        values.slice(index * size, (index + 1) * size),
      ),
    "<an:a<a>>",
  ],
};

/** What is run in the context. Text comes in and goes out, since objects of one context are not those of another. */
const PARSE = "outcome = { value: JSON.stringify(module.exports(request).ast()) };";
const EVALUATE = `
  const { code, states } = JSON.parse(request);
  const expression = module.exports(code);
  for (const [name, [implementation, signature]] of Object.entries(functions)) {
    expression.registerFunction(name, implementation, signature);
  }
  let depth = 0;
  const until = processorMs() + ${MAX_MS};
  // JSONata calls these when it begins and ends to evaluate a part of an expression.
  expression.assign(Symbol.for("jsonata.__evaluate_entry"), () => {
    depth += 1;
    if (depth > ${MAX_DEPTH}) throw new Error("It is nested more than ${MAX_DEPTH} levels deep.");
    if (processorMs() > until) throw new Error("It takes more than ${MAX_MS / 1000} second.");
  });
  expression.assign(Symbol.for("jsonata.__evaluate_exit"), () => { depth -= 1; });
  // Step Functions doesn't have it.
  expression.assign("eval", undefined);
  outcome = { value: JSON.stringify(await expression.evaluate(undefined, { states })) };`;

/** What the processor has worked for this process. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

let context: Context | undefined;

/** The syntax tree of an expression. */
export function parseNow(code: string): Evaluation {
  return run(PARSE, code);
}

/**
 * Evaluates an expression at once. JSONata's evaluator is asynchronous, and arguments are checked before anything is. In a context of its
 * own, all that it waits for is done when the call returns.
 * @see https://nodejs.org/api/vm.html#when-to-use-the-microtaskmode-option
 */
export function evaluateNow(code: string, states: object): Evaluation {
  return run(EVALUATE, JSON.stringify({ code, states }));
}

function run(script: string, request: string): Evaluation {
  context ??= loadJsonata();
  Object.assign(context, { request, outcome: undefined });
  const guarded = `(async () => { try { ${script} } catch (error) { outcome = { error: error.message }; } })();`;
  try {
    runInContext(guarded, context, { timeout: GIVE_UP_MS });
  } catch {
    return { error: `It takes more than ${GIVE_UP_MS / 1000} seconds.` };
  }
  const { value, error } = context["outcome"] as { value?: string; error?: string };
  if (error !== undefined) return { error };
  return value === undefined ? {} : { value: JSON.parse(value) as unknown };
}

function loadJsonata(): Context {
  const file = require.resolve("jsonata");
  const globals = { module: { exports: {} }, functions: FUNCTIONS, processorMs, global: { Buffer } };
  const created = createContext(globals, { microtaskMode: "afterEvaluate" });
  runInContext(`{ const exports = module.exports; ${readFileSync(file, "utf8")}\n}`, created, { filename: file });
  return created;
}
