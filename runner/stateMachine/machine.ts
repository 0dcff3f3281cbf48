import { ifAborted } from "../clock/clock";
import type { Catcher, Json, JsonObject, State, SubMachine } from "../../contract/asl";
import { covers, StatesError } from "./errors";
import { PAYLOAD_QUOTA } from "./quotas";
import { RetryCounter } from "./retry";
import { perform } from "./states";
import { type Execution, type Frame, type Step, type Visit, visitOf } from "./visit";

/** Runs the states of a machine, from its first or from where it stopped, to an end, and returns the last output. */
export async function runMachine(execution: Execution, machine: SubMachine, input: Json, frame: Frame): Promise<Json> {
  const { cursor } = frame;
  let name: string | undefined = cursor.state ?? machine.StartAt;
  let value = cursor.state === undefined ? input : cursor.input;
  while (name !== undefined) {
    cursor.enter(name, value);
    const step: Step = await visitState(execution, machine.States[name] as State, frame);
    cursor.branches = undefined;
    value = step.output;
    name = step.next;
  }
  return value;
}

/** Performs the state under the cursor, and again for as long as a retrier allows it. */
async function visitState(execution: Execution, state: State, frame: Frame): Promise<Step> {
  const { clock, emit } = execution;
  const { cursor, signal, path } = frame;
  const { input } = cursor;
  const identity = { id: ++execution.visits, state: cursor.state as string, type: state.Type, path };
  const retries = new RetryCounter(("Retry" in state ? state.Retry : undefined) ?? [], execution.random);
  const visit = visitOf(execution, state, { identity, input, frame, retries });
  emit({ type: "stateEntered", time: clock.now(), visit: identity, input });
  for (;;) {
    try {
      signal.throwIfAborted();
      const step = await perform(execution, state, visit, (machine, value, inner) =>
        runMachine(execution, machine, value, inner),
      );
      finish(step, visit);
      emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "succeeded", ...outcomeOf(step) });
      return step;
    } catch (error) {
      if (signal.aborted || !(error instanceof StatesError)) {
        emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "cancelled" });
        throw signal.aborted ? signal.reason : error;
      }
      // The results of the finished branches would be too large again: a redrive runs all branches.
      if (error.error === "States.DataLimitExceeded") cursor.branches = undefined;
      const delaySeconds = retries.delayAfter(error.error);
      if (delaySeconds === undefined) return await catchError(execution, state, visit, error);
      cursor.branches = undefined;
      emit({ type: "stateRetried", time: clock.now(), visit: identity, ...reportOf(error), delaySeconds });
      await clock.sleep(delaySeconds * 1000, signal).catch(ifAborted(signal, undefined));
    }
  }
}

/** Hands an error to the first catcher that covers it. Without one the machine fails. */
async function catchError(execution: Execution, state: State, visit: Visit, error: StatesError): Promise<Step> {
  const { clock, emit } = execution;
  const { identity } = visit;
  const catchers: Catcher[] = ("Catch" in state ? state.Catch : undefined) ?? [];
  const catcher = catchers.find((candidate) => covers(candidate.ErrorEquals, error.error));
  let failure = error;
  if (catcher) {
    try {
      const step = await evaluateCatcher(catcher, `Catch[${catchers.indexOf(catcher)}]`, visit, error);
      finish(step, visit);
      const report = { ...outcomeOf(step), ...reportOf(error) };
      emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "caught", ...report });
      return step;
    } catch (catcherError) {
      if (!(catcherError instanceof StatesError)) throw catcherError;
      failure = catcherError;
    }
  }
  emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "failed", ...reportOf(failure) });
  throw failure;
}

async function evaluateCatcher(
  { Output, Assign = {}, Next }: Catcher,
  field: string,
  visit: Visit,
  error: StatesError,
): Promise<Step> {
  const extra = { errorOutput: error.output };
  return {
    output: Output === undefined ? error.output : await visit.evaluate(Output, `${field}/Output`, extra),
    assign: (await visit.evaluate(Assign, `${field}/Assign`, extra)) as JsonObject,
    next: Next,
  };
}

function finish(step: Step, { identity, frame }: Visit): void {
  if (Buffer.byteLength(JSON.stringify(step.output)) > PAYLOAD_QUOTA) {
    throw new StatesError(
      "States.DataLimitExceeded",
      `The state '${identity.state}' returned a result with a size exceeding the maximum of ${PAYLOAD_QUOTA} bytes.`,
    );
  }
  frame.cursor.variables.assign(step.assign);
}

function outcomeOf(step: Step): { output: Json; next?: string } {
  return { output: step.output, ...(step.next === undefined ? {} : { next: step.next }) };
}

function reportOf({ error, cause }: StatesError): { error?: string; cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
