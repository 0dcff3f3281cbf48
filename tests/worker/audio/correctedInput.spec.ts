import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan } from "../../../contract/plan";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { FINE } from "../exactness/check";
import { planOf } from "../exactness/inProcess";
import { encode, gop, picture, sound } from "../exactness/ingredients";
import { encodeSound } from "./encodeSound";

const SECONDS = 2;

describe("sound of which some frames get other times before they are decoded", () => {
  let path: string;
  let source: string;
  let remove: () => Promise<void>;
  let plan: Plan;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    source = join(path, "clip.vob");
    const pieces = [48_000, 32_000].map(async (rate, index) => {
      const piece = join(path, `${rate}.vob`);
      const tracks = ["-map", "0", "-map", "1", "-map", "1", "-c:v", "mpeg2video", ...gop(25)];
      const codecs = ["-c:a:0", "mp2", "-b:a:0", "48k", "-ar:a:0", String(rate), "-c:a:1", "pcm_dvd"];
      const placed = ["-preload", "0", "-output_ts_offset", String(1 + index * SECONDS), "-f", "vob"];
      await encode(picture({ seconds: SECONDS }), sound(SECONDS), tracks, codecs, placed)(piece);
      return readFile(piece);
    });
    await writeFile(source, Buffer.concat(await Promise.all(pieces)));
    plan = await planOf(source, join(path, "out"), FINE);
  });
  after(() => remove());

  /** ffmpeg does this instead of giving frames other times. */
  const correcting = (name: string, script: string): Promise<string> =>
    wrapped(path, name, `case "$*" in *setts*) ${script};; esac\nexec "$real" "$@"`);

  it("is decoded beside sound whose times are right, in a codec that MPEG-TS has no room for", async () => {
    const corrected = plan.source.audioStreams.map(({ frames }) => (frames?.corrected ?? []).length);
    assert.deepEqual(corrected, [1, 0]);
    const { bytes, errors } = await encodeSound(source, plan);
    assert.deepEqual(errors, []);
    for (const count of bytes) assert.ok(count > 40_000, `${count} bytes`);
  });

  it("is tried again if what corrects it is killed", async () => {
    use({ FFMPEG_PATH: await correcting("killed", '"$real" -t 1 "$@"; kill -9 $$') });
    const reason = "JobError: ffmpeg was ended by SIGKILL. The usual reason is too little memory for the job.";
    assert.deepEqual((await encodeSound(source, plan)).errors, Array(2).fill(reason));
  });

  it("is tried again if what corrects it fails or can't write", async () => {
    use({ FFMPEG_PATH: await correcting("failed", '"$real" -t 1 "$@"; exit 1') });
    const { errors } = await encodeSound(source, plan);
    assert.deepEqual(errors, Array(2).fill("JobError: ffmpeg failed with exit code 1."));
    use({ FFMPEG_PATH: await correcting("full", '"$real" -t 1 "$@"; echo "Out of memory" >&2; exit 0') });
    const { errors: later } = await encodeSound(source, plan);
    assert.deepEqual(later, Array(2).fill("JobError: ffmpeg failed: Out of memory."));
  });
});
