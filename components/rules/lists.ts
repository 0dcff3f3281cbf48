import { type Problem, problem, when } from "./problem";

/** An absent list is fine: its default has entries. */
export function noEntries(path: string, list: unknown, remedy: string): Problem[] {
  return when(Array.isArray(list) && list.length === 0, () =>
    problem(path, "must have at least one entry", list, remedy),
  );
}

export function tooManyEntries(path: string, list: unknown, most: number, remedy: string): Problem[] {
  return when(Array.isArray(list) && list.length > most, () =>
    problem(path, `must have at most ${most} entries, which is what Batch allows`, (list as unknown[]).length, remedy),
  );
}
