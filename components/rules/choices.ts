import { type Problem, problem, when } from "./problem";

/** An absent value is fine: its default is one of the choices. */
export function notOneOf(path: string, value: unknown, choices: readonly string[], remedy: string): Problem[] {
  return when(value !== undefined && !choices.includes(value as string), () =>
    problem(path, `must be one of ${choices.join(", ")}`, value, remedy),
  );
}

/** Why settings have no meaning where they are given. */
export interface NotAllowed<T> {
  keys: (keyof T & string)[];
  where: string;
  remedy: string;
}

/** One problem for each of the settings that is given. */
export function notAllowed<T extends object>(
  path: string,
  values: T,
  { keys, where, remedy }: NotAllowed<T>,
): Problem[] {
  return keys.flatMap((key) =>
    when(values[key] !== undefined, () => problem(`${path}.${key}`, `must not be given ${where}`, values[key], remedy)),
  );
}
