import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../support/clips";
import { encode, H264, PLAIN } from "./ingredients";
import { beepsIn, colourOf, firstDifference, flashesIn, picturesOf } from "./measure";

describe("what the cases are measured with", () => {
  let path: string;
  let plain: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    plain = join(path, "plain.mp4");
    await PLAIN(plain);
  });
  after(() => remove());

  it("finds flashes and beeps where they are", async () => {
    const late = join(path, "late.mp4");
    await ffmpeg("-i", plain, "-itsoffset", "0.1", "-i", plain, "-map", "0:v", "-map", "1:a", "-c", "copy", late);
    assert.deepEqual(flashesIn(await picturesOf(plain)), [1, 3, 5]);
    for (const [file, by] of [
      [plain, 0],
      [late, 0.1],
    ] as const) {
      const beeps = await beepsIn(file);
      assert.equal(beeps.length, 3);
      beeps.forEach((beep, index) => assert.ok(Math.abs(beep - by - (1 + 2 * index)) < 0.01, `${file} at ${beep} s`));
    }
  });

  it("tells a picture from the next one", async () => {
    const doubled = join(path, "doubled.mp4");
    await encode(["-i", plain], ["-vf", "select='not(eq(n,40))',fps=25"], H264)(doubled);
    const [pictures, others] = await Promise.all([plain, doubled].map(picturesOf));
    assert.equal(pictures!.count, 150);
    assert.equal(firstDifference(pictures!, pictures!, 0), -1);
    assert.equal(firstDifference(others!, pictures!, 2), 40);
  });

  it("sees colours", async () => {
    const green = join(path, "green.mp4");
    await encode(["-f", "lavfi", "-i", "color=0x00ff00:s=320x240:d=0.2"], H264)(green);
    const [red, other, blue] = colourOf(await picturesOf(green), 0);
    assert.ok(red! < 8 && other! > 247 && blue! < 8, [red, other, blue].join());
  });
});
