import assert from "node:assert/strict";

import { Windows } from "../../../../worker/source/loopback/windows";

const KIB = 1024;
const MIB = 1024 * KIB;

/** An object whose bytes tell their position, and a list of the ranges that are read of it. */
function objectOf(bytes: number) {
  const ranges: [start: number, length: number][] = [];
  const read = (start: number, length: number): Promise<Buffer> => {
    ranges.push([start, length]);
    return Promise.resolve(Buffer.alloc(length, Math.floor(start / (256 * KIB)) % 251));
  };
  return { ranges, read, windows: new Windows(bytes, (start, length) => read(start, length)) };
}

async function readAll(windows: Windows, from: number, until: number): Promise<void> {
  for (let at = from; at < until;) at += (await windows.readFrom(at)).length;
}

describe("Windows", () => {
  it("grow from 256 KiB to 8 MiB while they are read one after another, and end with the object", async () => {
    const { ranges, windows } = objectOf(60 * MIB + 5);
    await readAll(windows, 0, 60 * MIB + 5);
    const lengths = ranges.map(([, length]) => length / KIB);
    const times = (count: number, length: number): number[] => new Array<number>(count).fill(length);
    assert.deepEqual(lengths, [
      ...[...times(8, 256), ...times(4, 512), ...times(4, 1024), ...times(4, 2048), ...times(4, 4096)],
      ...[...times(3, 8192), 4096 + 5 / KIB],
    ]);
    assert.deepEqual(
      ranges.map(([start]) => start / KIB),
      lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0)),
    );
  });

  it("read one window ahead of who reads on, and none of who only looks", async () => {
    const { ranges, windows } = objectOf(40 * MIB);
    await windows.readFrom(10 * MIB + 1);
    assert.deepEqual(ranges, [[10 * MIB, 256 * KIB]]);
    await windows.readFrom(10 * MIB + 256 * KIB);
    assert.deepEqual(ranges.slice(1), [
      [10 * MIB + 256 * KIB, 256 * KIB],
      [10 * MIB + 512 * KIB, 256 * KIB],
    ]);
  });

  it("give the bytes from any position of a window, which is read once for all who want it", async () => {
    const { ranges, windows } = objectOf(MIB);
    const pieces = await Promise.all([5, 7, 256 * KIB - 1].map((position) => windows.readFrom(position)));
    assert.deepEqual(
      pieces.map(({ length }) => length),
      [256 * KIB - 5, 256 * KIB - 7, 1],
    );
    assert.deepEqual(ranges, [[0, 256 * KIB]]);
  });

  it("never overlap", async () => {
    const { ranges, windows } = objectOf(16 * MIB);
    await windows.readFrom(8.25 * MIB);
    await readAll(windows, 0, 9 * MIB);
    assert.deepEqual(ranges.map(([start, length]) => [start / MIB, length / MIB]).slice(-5), [
      [7, 1],
      // One that begins at 8 MiB would have 2 MiB.
      [8, 0.25],
      [8.5, 0.25],
      [8.75, 0.25],
      [9, 0.25],
    ]);
  });

  it("keep 32 MiB, and drop what was used longest ago", async () => {
    const { ranges, windows } = objectOf(200 * MIB);
    await readAll(windows, 0, 100 * MIB);
    const before = ranges.length;
    await windows.readFrom(90 * MIB);
    assert.equal(ranges.length, before, "the end is still there");
    await windows.readFrom(0);
    assert.deepEqual(ranges.slice(before), [[0, 256 * KIB]], "the beginning is not");
  });

  it("are read again after a failure, which only those learn of who wait for them", async () => {
    const failures: number[] = [];
    const windows = new Windows(4 * MIB, (start, length) => {
      if (start === 512 * KIB && failures.length < 2) {
        failures.push(start);
        return Promise.reject(new Error("S3 is down."));
      }
      return Promise.resolve(Buffer.alloc(length));
    });
    // Reads ahead of itself the window that fails.
    await readAll(windows, 0, 512 * KIB);
    await assert.rejects(windows.readFrom(512 * KIB), { message: "S3 is down." });
    await readAll(windows, 512 * KIB, 4 * MIB);
    assert.equal(failures.length, 2);
  });
});
