import type { VideoBatchPipelineArgs } from "../args";
import type { Pipeline } from "../settings";

/** Something wrong with an argument, in the form that `pulumi.InputPropertiesError` takes. */
export interface Problem {
  propertyPath: string;
  reason: string;
}

/** What a check looks at: the arguments as given, and what they would become. */
export interface Subject {
  name: string;
  args: VideoBatchPipelineArgs;
  pipeline: Pipeline;
}

export type Check = (subject: Subject) => Problem[];

/** One message for all: path, rule, value received, remedy. */
export function problem(path: string, rule: string, received: unknown, remedy: string): Problem {
  return { propertyPath: path, reason: `${path} ${rule}. Received ${shown(received)}. ${remedy}` };
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON has no NaN and no infinity.
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** Collects what is wrong with a value, if it is given at all. */
export function when(wrong: boolean, make: () => Problem): Problem[] {
  return wrong ? [make()] : [];
}
