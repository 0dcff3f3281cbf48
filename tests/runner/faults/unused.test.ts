import assert from "node:assert/strict";

import type { JobIdentity } from "../../../contract/events";
import { parseFaults } from "../../../runner/faults/fault";
import { Faults } from "../../../runner/faults/faults";
import { VirtualClock } from "../../../runner/clock/clock";
import { StatesError } from "../../../runner/stateMachine/errors";
import { rehearse, synthesised } from "./rehearsal";

describe("a fault", () => {
  it("that had no effect is named in the record", async () => {
    const fail = ["Transcode_720p-1:attempt=2", "Transcode_720p-2:chunk=9", "Read Plan:kind=denied,attempt=7"];
    const { record } = await rehearse(await synthesised(), [...fail, "Extract Features:attempt=1"], {
      reclaim: true,
      secondsOf: () => 0.1,
    });
    assert.equal(record.status, "SUCCEEDED");
    assert.deepEqual(record.unusedFaults, [...fail.map((text) => `--fail ${text}`), "--reclaim"]);
  });

  it("that had an effect is not", async () => {
    const { record } = await rehearse(await synthesised(), ["Transcode_720p-1:attempt=1"], { reclaim: true });
    assert.equal(record.unusedFaults, undefined);
  });

  it("that keeps a job from a machine ends when the limit of this machine is reached", async () => {
    const clock = new VirtualClock(0);
    const steps = [{ name: "Encode", service: "batch" as const }];
    const faults = new Faults({
      faults: parseFaults(["Encode:kind=stuck"], steps),
      stop: () => undefined,
      stuckLimit: { clock, seconds: 10 },
    });
    faults.recordJob("1", "Encode");
    const resource = "arn:aws:states:::batch:submitJob.sync";
    const waiting = (_: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
      new Promise((_resolve, reject) => {
        assert.ok(faults.isStuck({ id: "1" } as JobIdentity));
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    const handlers = faults.wrapHandlers({ [resource]: { fields: [], run: waiting } });
    const context = {
      visit: { id: 1, state: "Encode", type: "Task", path: [] },
      execution: { id: "e", stateMachine: "m" },
    };
    const call = handlers[resource]!.run({}, { signal: new AbortController().signal, ...context });
    await assert.rejects(call, (error) => error instanceof StatesError && error.error === "States.Timeout");
    assert.deepEqual([clock.now(), faults.unused], [10_000, []]);
  });
});
