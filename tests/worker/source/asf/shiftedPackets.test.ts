import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ShiftedPackets } from "../../../../worker/source/asf/shiftedPackets";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

const PROPERTIES = Buffer.from("a1dcab8c47a9cf118ee400c00c205365", "hex");

/** The object that states the least and the largest size of a packet. */
function header(least: number, largest: number): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(30), PROPERTIES, Buffer.alloc(100)]);
  bytes.writeUInt32LE(least, 30 + 92);
  bytes.writeUInt32LE(largest, 30 + 96);
  return bytes;
}

function find(head: Buffer, format_name = "asf"): Promise<ShiftedPackets | undefined> {
  return ShiftedPackets.of((start, length) => Promise.resolve(head.subarray(start, start + length)), { format_name });
}

/** Frames of 40 ms of two streams, the places of whose packets are given. */
async function shiftsOf(positions: readonly [stream: number, position: number][]) {
  const shifted = await find(header(100, 100));
  positions.forEach(([stream, position], number) => shifted!.add({ stream, pts: 40 * number, duration: 40, position }));
  return shifted!.found;
}

describe("packets of ASF", () => {
  it("are never shifted in a whole file", async () => {
    assert.deepEqual(
      await shiftsOf([
        [0, 1007],
        [1, 1007],
        [0, 1207],
        [0, 1107],
        [0, 4407],
      ]),
      [],
    );
  });

  it("are shifted where bytes are missing or were added: two frames of each stream may lack a part", async () => {
    assert.deepEqual(
      await shiftsOf([
        [0, 1007],
        [0, 1107],
        [1, 1107],
        [0, 1207],
        [0, 1306],
        [0, 1406],
      ]),
      [
        { stream: 0, from: 40, to: 160, before: 1107, after: 1306 },
        { stream: 1, from: 80, to: 120, before: 1107, after: 1306 },
      ],
    );
  });

  it("may hold the end of a frame that began before", async () => {
    assert.deepEqual(
      await shiftsOf([
        [0, 1007],
        [0, 1108],
        [1, 1007],
      ]),
      [
        { stream: 0, from: 0, to: 40, before: 1007, after: 1108 },
        { stream: 1, from: 80, to: 120, before: 1007, after: 1108 },
      ],
    );
  });

  it("aren't looked at if they have several sizes, and in other containers", async () => {
    assert.equal(await find(header(100, 200)), undefined);
    assert.equal(await find(header(0, 0)), undefined);
    assert.equal(await find(Buffer.alloc(200)), undefined);
    assert.equal(await find(header(100, 100), "avi"), undefined);
  });

  for (const [what, edit] of [
    ["missing", (bytes: Buffer, at: number) => [bytes.subarray(0, at), bytes.subarray(at + 999)]],
    ["added", (bytes: Buffer, at: number) => [bytes.subarray(0, at), Buffer.alloc(999, 0x55), bytes.subarray(at)]],
  ] as const) {
    it(`with bytes ${what} are named as damage, which neither demuxer nor decoder reports`, async () => {
      const { path, remove } = await clipDirectory();
      try {
        const file = join(path, `${what}.asf`);
        const [pictures, tone] = ["testsrc2=s=160x90:r=25:d=4", "sine=440:r=48000:d=4"];
        const codecs = ["-c:v", "msmpeg4", "-q:v", "3", "-g", "25", "-c:a", "wmav2"];
        await ffmpeg("-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", tone, ...codecs, file);
        const bytes = await readFile(file);
        await writeFile(file, Buffer.concat(edit(bytes, Math.floor(bytes.length / 2))));
        const { damage = [] } = await planOf(file, `${file} out`, FINE, 1);
        const near = damage.filter(({ fromSeconds }) => fromSeconds > 1.5 && fromSeconds < 2.5).map((one) => one.what);
        assert.ok(
          near.some((one) => /^the file has a hole, and pictures up to 0:0\d\.\d may be wrong$/.test(one)),
          JSON.stringify(damage),
        );
        assert.ok(near.includes("the file has a hole in its sound"), JSON.stringify(damage));
      } finally {
        await remove();
      }
    });
  }
});
