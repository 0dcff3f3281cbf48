import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { FINE } from "./check";
import { encode, gop, picture, sound } from "./ingredients";
import { makeAll } from "./inProcess";
import { withoutPages } from "./oggPages";

const SIDE = 32;
const PICTURES = 100;

needing("ffmpeg encoder libtheora").describe("a page that a file with Theora lacks", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    // Five pictures a page, but a keyframe has one of its own.
    const codec = ["-c:v", "libtheora", "-q:v", "10", "-c:a", "libvorbis", "-page_duration", "200000"];
    await encode(picture({ rate: "25", seconds: 4 }), sound(4), gop(25), codec)(join(path, "whole.ogv"));
  });
  after(() => remove());

  /** Small grey copies of all pictures. */
  async function picturesOf(file: string): Promise<Buffer[]> {
    const raw = `${file}.gray`;
    const small = ["-vf", `scale=${SIDE}:${SIDE}:flags=area,format=gray`, "-fps_mode", "passthrough", "-f", "rawvideo"];
    await ffmpeg("-i", `file:${file}`, "-map", "0:v", ...small, `file:${raw}`);
    const bytes = await readFile(raw);
    return Array.from({ length: bytes.length / SIDE ** 2 }, (_, index) =>
      bytes.subarray(index * SIDE ** 2, (index + 1) * SIDE ** 2),
    );
  }

  const difference = (one: Buffer, other: Buffer): number =>
    one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0);

  it("is named as a hole, in which the picture before it is held until that behind it has its time", async () => {
    // The page before that of the keyframe with the number 50.
    await withoutPages(join(path, "whole.ogv"), join(path, "lacking.ogv"), [13]);
    const output = join(path, "out");
    await makeAll(join(path, "lacking.ogv"), output, FINE, 0.05);
    const { damage, renditions } = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
    assert.deepEqual(damage, [{ fromSeconds: 1.84, toSeconds: 2, what: "the file has a hole" }]);
    const [whole, made] = await Promise.all([
      picturesOf(join(path, "whole.ogv")),
      picturesOf(join(output, renditions[0]!.mp4.path)),
    ]);
    assert.deepEqual([whole.length, made.length], [PICTURES, PICTURES]);
    const shown = made.map((one) => {
      const differences = whole.map((other) => difference(one, other));
      return differences.indexOf(Math.min(...differences));
    });
    const expected = Array.from({ length: PICTURES }, (_, index) => (index >= 46 && index < 50 ? 45 : index));
    assert.deepEqual(shown, expected);
    await assert.rejects(makeAll(join(path, "lacking.ogv"), join(path, "refused"), FINE, 0.02), {
      name: "InputError",
      message:
        '"lacking.ogv" is damaged at 0:01 (the file has a hole), for 0.2 s or 4 % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare.',
    });
  });
});
