import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { withTimes } from "../../../../worker/source/sound/correctedFrames";
import { clipDirectory } from "../../../support/clips";
import { wrapped } from "../../../support/otherFfmpeg";
import { useEnvironment } from "../../../support/useEnvironment";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";
import { encode, gop, picture, sound, X264 } from "../../exactness/ingredients";

describe("the frames of sound that ffmpeg gives wrong times", () => {
  const use = useEnvironment();
  const track = { stream: 1, channels: 2, layout: "stereo", frames: { first: 1, grouped: 0.5, mpeg: true as const } };
  const frame = (stated: number, given: number, length: number) => ({ stated, given, length });

  it("come late only if they do so by their right times", () => {
    const wrong = [
      frame(1, 1, 0.5),
      frame(NaN, 1.5, 0.25),
      frame(NaN, 2, 0.25),
      frame(2, 2, 0.25),
      frame(2.25, 2.25, 0.25),
    ];
    assert.deepEqual(withTimes({ ...track, jitterSeconds: 0.25 }, wrong, "It"), {
      ...track,
      frames: { first: 1, mpeg: true, corrected: [{ from: 1, count: 4, begin: 1.5, length: 0.25 }] },
    });
    const late = [frame(1, 1, 0.25), frame(1.3, 1.3, 0.25), frame(1.5, 1.5, 0.125), frame(1.625, 1.625, 0.125)];
    const { jitterSeconds = 0 } = withTimes(track, late, "It");
    assert.ok(Math.abs(jitterSeconds - 0.05) < 1e-9, String(jitterSeconds));
  });

  it("aren't looked for in sound with gaps whose frames are all equally long", async () => {
    const { path, remove } = await clipDirectory();
    try {
      const pieces = [1, 2.5].map(async (begin) => {
        const piece = join(path, `${begin}.ts`);
        const placed = ["-c:a", "mp2", "-output_ts_offset", String(begin), "-f", "mpegts"];
        await encode(picture({ seconds: 1 }), sound(1), X264, gop(25), placed)(piece);
        return readFile(piece);
      });
      const source = join(path, "gap.ts");
      await writeFile(source, Buffer.concat(await Promise.all(pieces)));
      const refusing = 'case "$*" in *nofillin*) exit 1;; esac\nexec "$real" "$@"';
      use({ FFPROBE_PATH: await wrapped(path, "ffprobe", refusing, "ffprobe") });
      const { source: planned } = await planOf(source, join(path, "out"), FINE, 1);
      assert.equal(planned.audioStreams[0]?.frames?.corrected, undefined);
    } finally {
      await remove();
    }
  });
});
