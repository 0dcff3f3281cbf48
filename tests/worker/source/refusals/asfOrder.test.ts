import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

describe("an ASF", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  async function plan(file: string, ...encoder: string[]) {
    const source = join(path, file);
    await ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=1", ...encoder, source);
    return planOf(source, `${source} out`, FINE);
  }

  it("is refused if its H.264 is stored in another order than it is shown in", async () => {
    await assert.rejects(plan("reordered.wmv", "-c:v", "libx264", "-bf", "2"), {
      name: "InputError",
      message:
        '"reordered.wmv" is H.264 in ASF whose pictures are stored in another order than they are shown in, and whose times are only those of decoding; export it as MP4 or Matroska.',
    });
  });

  it("is accepted if it isn't, or in a codec whose times ffmpeg works out", async () => {
    for (const [file, ...encoder] of [
      ["plain.wmv", "libx264", "-bf", "0"],
      ["mpeg4.wmv", "mpeg4", "-bf", "2"],
    ] as const) {
      const { source } = await plan(file, "-c:v", ...encoder);
      assert.equal(source.durationSeconds, 1);
    }
  });
});
