import { type Problem, problem, when } from "./problem";

/** Nothing is wrong with a value that is not given: its default is one of them. */
export function notOneOf(path: string, value: unknown, choices: readonly string[], remedy: string): Problem[] {
  return when(value !== undefined && !choices.includes(value as string), () =>
    problem(path, `must be one of ${choices.join(", ")}`, value, remedy),
  );
}

/** Settings that have no meaning where they are: each that is given is one problem. */
export function notAllowed<T extends object>(
  path: string,
  values: T,
  keys: (keyof T & string)[],
  where: string,
  remedy: string,
): Problem[] {
  return keys.flatMap((key) =>
    when(values[key] !== undefined, () => problem(`${path}.${key}`, `must not be given ${where}`, values[key], remedy)),
  );
}
