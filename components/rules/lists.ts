import { type Problem, when } from "./problem";

/** An absent list is fine: its default has entries. */
export function noEntries(path: string, list: unknown, remedy: string): Problem[] {
  const empty = Array.isArray(list) && list.length === 0;
  return when(empty, { path, rule: "must have at least one entry", received: [], remedy });
}

export function tooManyEntries(path: string, list: unknown, most: number, remedy: string): Problem[] {
  const received = Array.isArray(list) ? list.length : 0;
  const rule = `must have at most ${most} entries, which is Batch's limit`;
  return when(received > most, { path, rule, received, remedy });
}
