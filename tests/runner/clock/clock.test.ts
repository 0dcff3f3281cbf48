import assert from "node:assert/strict";

import fc from "fast-check";

import { SystemClock, VirtualClock } from "../../../runner/clock/clock";

describe("VirtualClock", () => {
  it("fires timers in the order of their time, then of their setting, whatever the durations", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 50 }), async (durations) => {
        const clock = new VirtualClock();
        const fired: [number, number][] = [];
        await Promise.all(
          durations.map((duration, index) => clock.sleep(duration).then(() => fired.push([clock.now(), index]))),
        );
        const expected = durations.map((duration, index) => [duration, index] as [number, number]);
        expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        assert.deepEqual(fired, expected);
      }),
      { numRuns: 30 },
    );
  });

  it("lets everything settle before time passes", async () => {
    const clock = new VirtualClock(1_000);
    const times: number[] = [];
    const busy = (async () => {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      times.push(clock.now());
      await clock.sleep(5);
      times.push(clock.now());
    })();
    await clock.sleep(7);
    times.push(clock.now());
    await busy;
    assert.deepEqual(times, [1_000, 1_005, 1_007]);
  });

  it("stands still during what takes real time, whatever comes of it", async () => {
    const clock = new VirtualClock();
    const sleep = clock.sleep(1000);
    const real = (fails: boolean): Promise<number> =>
      new Promise((resolve, reject) => {
        setTimeout(() => (fails ? reject(new Error(`at ${clock.now()}`)) : resolve(clock.now())), 20);
      });
    const [first, second] = [clock.during(real(false)), clock.during(real(true))];
    assert.equal(await first, 0);
    await assert.rejects(second, /^Error: at 0$/);
    await sleep;
    assert.equal(clock.now(), 1000);
  });

  it("does not advance to a timer that was aborted, and rejects with the reason", async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const long = clock.sleep(1e9, abort.signal);
    await clock.sleep(10).then(() => abort.abort(new Error("enough")));
    await assert.rejects(long, /^Error: enough$/);
    await clock.sleep(1);
    assert.equal(clock.now(), 11);
    await assert.rejects(clock.sleep(1, abort.signal), /^Error: enough$/);
  });
});

describe("SystemClock", () => {
  it("sleeps at least as long as it says, and stops at once when aborted", async () => {
    const clock = new SystemClock();
    const start = clock.now();
    await clock.sleep(20);
    assert.ok(clock.now() - start >= 20);
    const abort = new AbortController();
    const sleep = clock.sleep(2 ** 40, abort.signal);
    abort.abort(new Error("enough"));
    await assert.rejects(sleep, /^Error: enough$/);
    assert.ok(clock.now() - start < 10_000);
  });
});
