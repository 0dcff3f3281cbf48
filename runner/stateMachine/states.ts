import { runTogether } from "./branches";
import { withDeadline } from "./deadline";
import type {
  ChoiceState,
  FailState,
  Json,
  JsonObject,
  MapState,
  NumberOrExpression,
  ParallelState,
  State,
  SubMachine,
  TaskState,
  WaitState,
} from "../../contract/asl";
import { StatesError } from "./errors";
import { typeError } from "./expressions";
import { Cursor, type Finished } from "./cursor";
import type { Execution, Frame, RunInner, Step, Visit } from "./visit";
import { MAX_SECONDS, MAX_CONCURRENT_ITEMS } from "./quotas";
import type { TaskHandler } from "./task";

/** Does what a state does, once, and leaves the machines inside it to `runInner`. The caller retries and catches. */
export async function perform(execution: Execution, state: State, visit: Visit, runInner: RunInner): Promise<Step> {
  switch (state.Type) {
    case "Task":
      return leaveState(state, visit, { result: await runTask(execution, state, visit) });
    case "Parallel":
      return leaveState(state, visit, { result: await runParallel(state, visit, runInner) });
    case "Map":
      return leaveState(state, visit, { result: await runMap(execution, state, visit, runInner) });
    case "Choice":
      return choose(state, visit);
    case "Wait":
      await wait(execution, state, visit);
      return leaveState(state, visit);
    case "Pass":
    case "Succeed":
      return leaveState(state, visit);
    case "Fail":
      return fail(state, visit);
  }
}

/** `Output` and `Assign` read the same variables: neither sees the result of the other. */
async function leaveState(
  { Output, Assign, Next }: { Output?: Json; Assign?: JsonObject; Next?: string },
  visit: Visit,
  extra: { result?: Json } = {},
  prefix = "",
): Promise<Step> {
  return {
    output:
      Output === undefined ? (extra.result ?? visit.input) : await visit.evaluate(Output, `${prefix}Output`, extra),
    assign: Assign ? ((await visit.evaluate(Assign, `${prefix}Assign`, extra)) as JsonObject) : {},
    ...(Next === undefined ? {} : { next: Next }),
  };
}

async function runTask(execution: Execution, state: TaskState, visit: Visit): Promise<Json> {
  const handler = execution.handlers[state.Resource] as TaskHandler;
  const args = state.Arguments === undefined ? visit.input : await visit.evaluate(state.Arguments, "Arguments");
  if (!isObject(args)) throw typeError(visit.identity.state, "Arguments", "an object", args);
  const timeout = await evaluateWholeNumber(visit, "TimeoutSeconds", state.TimeoutSeconds, 1);
  return withDeadline(execution.clock, timeout, visit.frame.signal, (signal) =>
    handler.run(args, { signal, visit: visit.identity, execution: arnsOf(execution) }),
  );
}

function arnsOf({ context }: Execution): { id: string; stateMachine: string } {
  const { Execution, StateMachine } = context as Record<string, { Id: string }>;
  return { id: Execution!.Id, stateMachine: StateMachine!.Id };
}

async function runParallel(state: ParallelState, visit: Visit, runInner: RunInner): Promise<Json> {
  const input = state.Arguments === undefined ? visit.input : await visit.evaluate(state.Arguments, "Arguments");
  const { frame } = visit;
  return runBranches(visit, state.Branches.length, Infinity, (index, inner) =>
    runInner(state.Branches[index] as SubMachine, input, { ...frame, ...inner }),
  );
}

async function runMap(execution: Execution, state: MapState, visit: Visit, runInner: RunInner): Promise<Json> {
  const items = state.Items === undefined ? visit.input : await visit.evaluate(state.Items, "Items");
  if (!Array.isArray(items)) throw typeError(visit.identity.state, "Items", "an array", items);
  const concurrency =
    (await evaluateWholeNumber(visit, "MaxConcurrency", state.MaxConcurrency, 0)) || MAX_CONCURRENT_ITEMS;
  const { frame } = visit;
  return runBranches(visit, items.length, Math.min(concurrency, MAX_CONCURRENT_ITEMS), async (index, inner) => {
    const value = items[index] as Json;
    const item = { Item: { Index: index, Value: value } };
    const input =
      state.ItemSelector === undefined
        ? value
        : await execution.evaluator.evaluate(state.ItemSelector, "ItemSelector", visit.identity.state, {
            ...frame.cursor.variables.visible(),
            states: { input: visit.input, context: { ...execution.context, Map: item } },
          });
    return runInner(state.ItemProcessor, input, { ...inner, item });
  });
}

/** Runs the branches or items, except those that finished before a redrive. */
async function runBranches(
  { frame, identity }: Visit,
  count: number,
  limit: number,
  run: (index: number, inner: Pick<Frame, "cursor" | "signal" | "path">) => Promise<Json>,
): Promise<Json[]> {
  const branches = frame.cursor.inner(count);
  return runTogether(count, limit, frame.signal, async (index, signal) => {
    const cursor = branches[index] as Cursor | Finished;
    if (!(cursor instanceof Cursor)) return cursor.output;
    const output = await run(index, { cursor, signal, path: [...frame.path, `${identity.state}[${index}]`] });
    branches[index] = { output };
    return output;
  });
}

/** Follows the first rule whose condition holds. The state's own `Output` and `Assign` belong to `Default`. */
async function choose(state: ChoiceState, visit: Visit): Promise<Step> {
  for (const [index, rule] of state.Choices.entries()) {
    const prefix = `Choices[${index}]/`;
    const holds = await visit.evaluate(rule.Condition, `${prefix}Condition`);
    if (typeof holds !== "boolean") throw typeError(visit.identity.state, `${prefix}Condition`, "a boolean", holds);
    if (holds) return leaveState(rule, visit, {}, prefix);
  }
  if (state.Default === undefined) {
    throw new StatesError(
      "States.NoChoiceMatched",
      `No rule of the state '${visit.identity.state}' matched, and it has no Default.`,
    );
  }
  return { ...(await leaveState(state, visit)), next: state.Default };
}

async function wait({ clock }: Execution, state: WaitState, visit: Visit): Promise<void> {
  if (state.Timestamp !== undefined) {
    const timestamp = await visit.evaluate(state.Timestamp, "Timestamp");
    const time = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
    if (Number.isNaN(time)) throw typeError(visit.identity.state, "Timestamp", "an RFC 3339 timestamp", timestamp);
    return clock.sleep(time - clock.now(), visit.frame.signal);
  }
  return clock.sleep(((await evaluateWholeNumber(visit, "Seconds", state.Seconds, 0)) ?? 0) * 1000, visit.frame.signal);
}

async function fail(state: FailState, visit: Visit): Promise<never> {
  throw new StatesError(
    await evaluateText(visit, "Error", state.Error),
    await evaluateText(visit, "Cause", state.Cause),
  );
}

async function evaluateText(visit: Visit, field: string, template: string | undefined): Promise<string | undefined> {
  if (template === undefined) return undefined;
  const value = await visit.evaluate(template, field);
  if (typeof value !== "string") throw typeError(visit.identity.state, field, "a string", value);
  return value;
}

async function evaluateWholeNumber(
  visit: Visit,
  field: string,
  template: NumberOrExpression | undefined,
  least: number,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = await visit.evaluate(template, field);
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > MAX_SECONDS) {
    throw typeError(visit.identity.state, field, `a whole number from ${least} to ${MAX_SECONDS}`, value);
  }
  return value as number;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
