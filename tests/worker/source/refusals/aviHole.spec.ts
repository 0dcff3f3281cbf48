import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffprobe } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { encode, gop, picture, sound } from "../../exactness/ingredients";
import { planOf } from "../../exactness/inProcess";

describe("an AVI with a hole", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bytes: Buffer;
  let position: number;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const file = join(path, "whole.avi");
    await encode(picture({ seconds: 4 }), sound(4), "-c:v", "mpeg4", "-q:v", "3", gop(25), "-c:a", "pcm_s16le")(file);
    bytes = await readFile(file);
    position = Number((await ffprobe(file, "packet=pos", "-select_streams", "v:0"))[50]![0]);
  });
  after(() => remove());

  async function plan(name: string, content: Buffer): Promise<number> {
    await writeFile(join(path, name), content);
    return (await planOf(join(path, name), join(path, `${name} out`), FINE)).source.frames;
  }

  it("is refused, because what follows would come too early", async () => {
    const zeroed = Buffer.from(bytes).fill(0, position - 1024, position + 1024);
    const removed = Buffer.concat([bytes.subarray(0, position - 1000), bytes.subarray(position + 1001)]);
    for (const [name, content] of [
      ["zeroed.avi", zeroed],
      ["removed.avi", removed],
    ] as const) {
      await assert.rejects(plan(name, content), {
        name: "InputError",
        message: `"${name}" has a hole after 2.0 seconds, and nothing in an AVI says when what follows is shown; export or record it again.`,
      });
    }
  });

  it("is refused where a single picture of H.264 is missing, whose slots are counted from the next one on", async () => {
    const file = join(path, "slots.avi");
    const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-pix_fmt", "yuv420p"];
    await encode(picture({ seconds: 4 }), sound(4), h264, gop(25), "-c:a", "pcm_s16le")(file);
    const slots = await readFile(file);
    const at = Number((await ffprobe(file, "packet=pos", "-select_streams", "v:0"))[50]![0]);
    assert.equal(await plan("slots again.avi", slots), 100);
    // The chunk's own header is missing, and the end of the chunk before.
    const lacking = Buffer.concat([slots.subarray(0, at - 20), slots.subarray(at + 20)]);
    await assert.rejects(plan("lacking.avi", lacking), /^InputError: "lacking\.avi" has a hole after 2\.0 seconds/);
  });

  it("isn't one that is whole, or only cut off", async () => {
    assert.equal(await plan("again.avi", bytes), 100);
    await assert.rejects(plan("cut.avi", bytes.subarray(0, position)), /cut off/);
  });
});
