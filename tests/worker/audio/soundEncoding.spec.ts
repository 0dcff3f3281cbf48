import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Plan } from "../../../contract/plan";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { FINE } from "../exactness/check";
import { makeAll, planOf } from "../exactness/inProcess";
import { encode, gop, picture, sound, X264 } from "../exactness/ingredients";
import { encodeSound } from "./encodeSound";

describe("SoundEncoding", () => {
  let path: string;
  let remove: () => Promise<void>;
  let plan: Plan;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const tracks = ["-map", "0", "-map", "1", "-map", "2"];
    await encode(
      picture({ seconds: 8 }),
      sound(8),
      sound(8),
      tracks,
      X264,
      gop(25),
      "-c:a",
      "aac",
    )(join(path, "clip.mp4"));
    plan = await planOf(join(path, "clip.mp4"), join(path, "out"), FINE);
  });
  after(() => remove());

  /** ffmpeg does this instead of decoding, or instead of encoding. */
  const failing = (name: string, when: "decodes" | "encodes", script: string): Promise<string> =>
    wrapped(
      path,
      name,
      `case "$*" in *${when === "decodes" ? "pcm_f32le" : "pipe:0"}*) ${script};; esac\nexec "$real" "$@"`,
    );

  it("yields every track to its end", async () => {
    const { bytes, errors } = await encodeSound(join(path, "clip.mp4"), plan);
    assert.deepEqual(errors, []);
    for (const count of bytes) assert.ok(count > 80_000, `${count} bytes`);
  });

  it("doesn't fill up with silence what a decoder that failed has left out", async () => {
    use({ FFMPEG_PATH: await failing("half", "decodes", '"$real" -t 3 "$@"; exit 1') });
    const { bytes, errors } = await encodeSound(join(path, "clip.mp4"), plan);
    assert.deepEqual(errors, Array(2).fill("JobError: ffmpeg failed with exit code 1."));
    for (const count of bytes) assert.ok(count < 40_000, `${count} bytes`);
  });

  it("fails with the reason of an encoder that failed", async () => {
    use({ FFMPEG_PATH: await failing("none", "encodes", 'echo "No space left on device" >&2; exit 1') });
    const { errors } = await encodeSound(join(path, "clip.mp4"), plan);
    assert.deepEqual(errors, Array(2).fill("JobError: ffmpeg failed: No space left on device."));
  });

  it("makes a silent track of sound that is over before the first picture", async () => {
    const [source, output] = [join(path, "before.mkv"), join(path, "before")];
    const late = ["-itsoffset", "0.4", ...picture({ seconds: 2 })];
    await encode(sound(0.3, 6), late, ["-map", "1", "-map", "0"], X264, gop(25), "-c:a", "pcm_s16le")(source);
    await makeAll(source, output, FINE);
    const raw = ["-v", "error", "-i", join(output, "mp4/64p.mp4"), "-vn", "-f", "s16le", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", raw, { encoding: "buffer", maxBuffer: 1 << 24 });
    assert.ok(Math.abs(stdout.length / 2 / 6 / 48_000 - 2) < 0.025, `${stdout.length} bytes`);
    assert.ok(stdout.every((byte) => byte === 0));
    const { audio = [] } = JSON.parse(await readFile(join(output, "plan.json"), "utf8")) as Plan;
    assert.deepEqual(
      audio.map(({ channels }) => channels),
      [6],
    );
  });
});
