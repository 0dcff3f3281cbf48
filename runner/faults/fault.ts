import { suggestion } from "../../contract/nearest";
import { UsageError } from "../../contract/usageError";
import { isAttemptFault, type Kind, kindsOf } from "./kinds";
import type { TaskStep } from "./steps";

/** A failure to inject, to see how the pipeline reacts to it. */
export interface Fault {
  step: string;
  kind: Kind;
  /** Which attempts of the job fail, or which calls of the service. Both count from 1. */
  attempts: { from: number; to: number };
  exitCode: number;
  /** Index of a single chunk of an array job. By default every chunk. */
  chunk?: number;
  /** The text of the option. */
  text: string;
}

const KEYS = ["kind", "attempt", "exit", "chunk"];

/** Parses faults such as `Transcode_720p-1:attempt=1,exit=137`. Throws a `UsageError` that lists the valid choices. */
export function parseFaults(texts: readonly string[], steps: readonly TaskStep[]): Fault[] {
  return texts.map((text) => parseFault(text, steps));
}

function parseFault(text: string, steps: readonly TaskStep[]): Fault {
  const usageError = (sentence: string): UsageError => new UsageError(`--fail ${text}: ${sentence}`);
  const step = steps.find(({ name }) => text === name || text.startsWith(`${name}:`));
  if (!step) {
    const [name = ""] = text.split(":");
    const names = steps.map((each) => each.name);
    throw usageError(`there is no such step. ${suggestion(name, names)}`);
  }
  const given = new Map<string, string>();
  for (const pair of text
    .slice(step.name.length + 1)
    .split(",")
    .filter((each) => each !== "")) {
    const [key = "", ...value] = pair.split("=");
    if (!KEYS.includes(key)) throw usageError(`every setting must be one of ${KEYS.join(", ")}. Received ${pair}.`);
    given.set(key, value.join("="));
  }
  const kinds = kindsOf(step);
  const kind = kinds.find((each) => each === (given.get("kind") ?? kinds[0]));
  if (!kind) throw usageError(`kind must be one of ${kinds.join(", ")} for this step. Received ${given.get("kind")}.`);
  if (given.has("exit") && kind !== "exit")
    throw usageError(`exit is valid only with kind=exit. Received kind=${kind}.`);
  if (given.has("chunk") && !isAttemptFault(kind))
    throw usageError(`chunk is valid only for a fault of an attempt. Received kind=${kind}.`);
  const exitCode = wholeNumber(given.get("exit") ?? "1", 1, 255);
  if (exitCode === undefined)
    throw usageError(`exit must be a whole number from 1 to 255. Received ${given.get("exit")}.`);
  const chunk = given.has("chunk") ? wholeNumber(given.get("chunk") ?? "", 0, 9_999) : undefined;
  if (given.has("chunk") && chunk === undefined) {
    throw usageError(`chunk must be a whole number from 0 to 9999. Received ${given.get("chunk")}.`);
  }
  const attempts = range(given.get("attempt"));
  if (!attempts) {
    throw usageError(
      `attempt must be a whole number from 1, or a range such as 1-2. Received ${given.get("attempt")}.`,
    );
  }
  return { step: step.name, kind, attempts, exitCode, ...(chunk === undefined ? {} : { chunk }), text };
}

function range(text: string | undefined): { from: number; to: number } | undefined {
  if (text === undefined) return { from: 1, to: Infinity };
  const [first = "", last = first, ...more] = text.split("-");
  const [from, to] = [wholeNumber(first, 1, 1e6), wholeNumber(last, 1, 1e6)];
  return from === undefined || to === undefined || to < from || more.length > 0 ? undefined : { from, to };
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}
