import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

import { MemoryMeter } from "../../../../runner/batch/launchers/memoryMeter";

/** A group of one or two processes, which hold this many MiB each until they are killed, and write a dot once they do. */
const HOLD = `
  const { spawn } = require("node:child_process");
  const [own, other] = process.argv.slice(1).map(Number);
  if (other > 0) spawn(process.execPath, ["-e", process.env.HOLD, other, 0], { stdio: ["ignore", "inherit", "ignore"] });
  const held = Buffer.alloc(own << 20, 1);
  process.stdout.write(".");
  setInterval(() => held.length, 1000);
`;

const describeOnLinux = process.platform === "linux" ? describe : describe.skip;

describeOnLinux("MemoryMeter", () => {
  const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once("exit", () => resolve()));
  /** Waits until the processes hold their memory, and then long enough for the meter to look. */
  const held = async (child: ChildProcess, processes: number): Promise<void> => {
    let dots = 0;
    await new Promise<void>((resolve) => {
      child.stdout?.on("data", (text: Buffer) => (dots += text.length) >= processes && resolve());
    });
    await setTimeout(1500);
    process.kill(-child.pid!, "SIGKILL");
    await ended(child);
  };
  const hold = (own: number, other: number): ChildProcess => {
    const env = { ...process.env, HOLD };
    return spawn(process.execPath, ["-e", HOLD, String(own), String(other)], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env,
    });
  };

  it("adds up the processes of a group, and keeps groups apart", async () => {
    const meter = new MemoryMeter();
    const [pair, single] = [hold(150, 200), hold(100, 0)];
    const peaks = [pair, single].map((child) => meter.watch(child.pid));
    await Promise.all([held(pair, 2), held(single, 1)]);
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
