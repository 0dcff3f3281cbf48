import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Below Mocha's limit, so that a test that waits in vain says for what. */
const LIMIT_MS = 50_000;

/** Waits until the condition holds. `otherwise` describes what is the case if it never does. */
export async function until(condition: () => boolean, otherwise: () => string): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  while (!condition()) {
    assert.ok(Date.now() < limit, otherwise());
    await sleep(10);
  }
}
