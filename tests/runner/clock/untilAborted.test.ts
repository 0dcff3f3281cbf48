import assert from "node:assert/strict";
import { getEventListeners } from "node:events";

import { untilAborted } from "../../../runner/clock/untilAborted";

describe("work that an abort doesn't end", () => {
  it("gives its result or its error, and leaves nothing on the signal", async () => {
    const { signal } = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(1), signal), 1);
    await assert.rejects(untilAborted(Promise.reject(new Error("No.")), signal), new Error("No."));
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  it("isn't waited for after an abort, whatever comes of it", async () => {
    for (const abortBefore of [false, true]) {
      const controller = new AbortController();
      if (abortBefore) controller.abort(new Error("Enough."));
      let fail: (error: Error) => void = () => undefined;
      const work = new Promise<never>((_, reject) => (fail = reject));
      const result = assert.rejects(untilAborted(work, controller.signal), new Error("Enough."));
      if (!abortBefore) controller.abort(new Error("Enough."));
      await result;
      fail(new Error("Nobody hears this."));
      assert.deepEqual(getEventListeners(controller.signal, "abort"), []);
    }
  });
});
