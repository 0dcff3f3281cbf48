import assert from "node:assert/strict";

import { checkPattern } from "../../../components/eventPattern/checkPattern";
import { matchesPattern } from "../../../components/eventPattern/matchesPattern";

/** Whether an event of EventBridge fits a pattern. Throws for a pattern that EventBridge would refuse. */
export function fits(pattern: unknown, event: unknown): boolean {
  assert.deepEqual(checkPattern("pattern", pattern), []);
  return matchesPattern(pattern, event);
}
