import { type Problem, when } from "./problem";

/** An absent value is fine: its default is one of the choices. */
export function notOneOf(
  path: string,
  value: unknown,
  choices: readonly string[] | Record<string, string>,
  remedy: string,
): Problem[] {
  const values = Object.values(choices);
  return when(value !== undefined && !values.includes(value as string), {
    path,
    rule: `must be one of ${values.join(", ")}`,
    received: value,
    remedy,
  });
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
    when(values[key] !== undefined, {
      path: `${path}.${key}`,
      rule: `must not be given ${where}`,
      received: values[key],
      remedy,
    }),
  );
}
