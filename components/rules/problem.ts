import { describe, kindOf } from "./received";

/** A problem with one argument, in the form that `pulumi.InputPropertiesError` takes. */
export interface Problem {
  propertyPath: string;
  reason: string;
}

/** What a check reads: the arguments as given, and the settings that they would become. Each check names the parts it needs. */
export interface Subject<Args, Settings> {
  name: string;
  args: Args;
  settings: Settings;
}

export type Check<Args = unknown, Settings = unknown> = (subject: Subject<Args, Settings>) => Problem[];

/** What is wrong with the value at a path, and what to do about it. */
export interface Finding {
  path: string;
  rule: string;
  received: unknown;
  /** Whether the message has only the kind of the value, which may contain secrets or be large. */
  hidden?: boolean;
  remedy: string;
}

/** All messages have one form. */
export function problem({ path, rule, received, hidden, remedy }: Finding): Problem {
  const value = hidden ? kindOf(received) : describe(path, received);
  return { propertyPath: path, reason: `${path} ${rule}. Received ${value}. ${remedy}` };
}

/** A list with the problem, or an empty one. */
export function when(wrong: boolean, finding: Finding): Problem[] {
  return wrong ? [problem(finding)] : [];
}
