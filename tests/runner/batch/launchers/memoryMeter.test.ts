import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";

import { MemoryMeter } from "../../../../runner/batch/launchers/memoryMeter";

/** A group of two processes, which hold this many MiB each for a second. */
const HOLD = `
  const { spawn } = require("node:child_process");
  const [own, other] = process.argv.slice(1).map(Number);
  if (other > 0) spawn(process.execPath, ["-e", process.env.HOLD, other, 0], { stdio: "ignore" });
  const held = Buffer.alloc(own << 20, 1);
  setTimeout(() => held.length, 1000);
`;

const describeOnLinux = process.platform === "linux" ? describe : describe.skip;

describeOnLinux("MemoryMeter", () => {
  const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once("exit", () => resolve()));
  const hold = (own: number, other: number): ChildProcess => {
    const env = { ...process.env, HOLD };
    return spawn(process.execPath, ["-e", HOLD, String(own), String(other)], { detached: true, stdio: "ignore", env });
  };

  it("adds up the processes of a group, and keeps groups apart", async () => {
    const meter = new MemoryMeter();
    const [pair, single] = [hold(150, 200), hold(100, 0)];
    const peaks = [pair, single].map((child) => meter.watch(child.pid));
    await Promise.all([pair, single].map(ended));
    const [both = 0, one = 0] = peaks.map((peak) => peak());
    // Node.js itself takes some 40 to 60 MiB.
    assert.ok(both > 350 + 50 && both < 350 + 200, `${both} MiB`);
    assert.ok(one > 100 + 20 && one < 100 + 100, `${one} MiB`);
  });

  it("says nothing of a group that it has not seen, or no longer watches", () => {
    const meter = new MemoryMeter();
    assert.equal(meter.watch(undefined)(), undefined);
    const peak = meter.watch(process.pid);
    assert.equal(peak(), undefined, "nobody has looked yet");
    assert.equal(peak(), undefined);
  });
});
