import { damageClause } from "../../contract/damageReport";
import type { Outcome } from "../../contract/notices";

/** What follows the word for success: ` without 720p, with 0.1 s damaged at 2:03`, or nothing. */
export function qualify({ missing, damage }: Outcome): string {
  const without = missing.length === 0 ? "" : ` without ${missing.join(", ")}`;
  const clause = damageClause(damage);
  return clause === undefined ? without : `${without}, ${clause}`;
}
