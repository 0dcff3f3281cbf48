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

/** All messages have one form: path, rule, the value received, remedy. */
export function problem(path: string, rule: string, received: unknown, remedy: string): Problem {
  return { propertyPath: path, reason: `${path} ${rule}. Received ${format(received)}. ${remedy}` };
}

function format(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON has no NaN and no infinity.
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** A list with the problem, or an empty one. */
export function when(wrong: boolean, describe: () => Problem): Problem[] {
  return wrong ? [describe()] : [];
}
