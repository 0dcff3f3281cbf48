import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { readInventory } from "../../../worker/ffmpeg/inventory";
import { tryFfmpeg } from "../../../worker/ffmpeg/tryFfmpeg";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

const X264 = { name: "libx264", format: "yuv420p" };

describe("tryFfmpeg", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("returns the version of each encoder's library, which is not ffmpeg's", async () => {
    const versions: Record<string, RegExp> = {
      "libx264": /^\d+( r\d+)?( \w+)?$/,
      "libx265": /^\d+\.\d+/,
      "libsvtav1": /^v\d+\.\d+/,
      "libvpx-vp9": /^v\d+\.\d+/,
    };
    for (const [name, version] of Object.entries(versions)) {
      assert.match((await tryFfmpeg({ name, format: "yuv420p" })).library ?? "", version, name);
    }
    assert.deepEqual(Object.keys(await tryFfmpeg({ name: "aac" })).sort(), ["libavcodec", "version"]);
  });

  it("runs ffmpeg once per process for each library, and once for all encoders without one", async () => {
    const log = join(path, "runs.txt");
    use({ FFMPEG_PATH: await wrapped(path, "counted", `echo "$1" >> "${log}"\nexec "$real" "$@"`) });
    await Promise.all([
      tryFfmpeg(X264),
      tryFfmpeg(X264),
      tryFfmpeg(),
      tryFfmpeg({ name: "aac" }),
      tryFfmpeg({ name: "h264_nvenc" }),
    ]);
    await tryFfmpeg(X264);
    assert.deepEqual((await readFile(log, "utf8")).trim().split("\n").sort(), ["-nostdin", "-version"]);
  });

  it("runs ffmpeg again after a failure, which may have been temporary", async () => {
    const short = join(path, "short-of-memory");
    await writeFile(short, "");
    const script = `[ -e "${short}" ] && { echo "Cannot allocate memory" >&2; exit 1; }\nexec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "starved", script) });
    await assert.rejects(tryFfmpeg(X264), { name: "JobError", message: "ffmpeg failed: Cannot allocate memory." });
    await rm(short);
    assert.ok((await tryFfmpeg(X264)).library !== undefined);
  });

  it("leaves out the library's version if ffmpeg can't generate a test picture", async () => {
    const script = `case "$*" in *lavfi*) echo "Unknown input format: 'lavfi'" >&2; exit 1;; esac\nexec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "no-lavfi", script) });
    assert.deepEqual(Object.keys(await tryFfmpeg(X264)).sort(), ["libavcodec", "version"]);
  });

  it("finds ffmpeg's version even if a wrapper hides it", async () => {
    const { version } = await tryFfmpeg();
    use({ FFMPEG_PATH: await wrapped(path, "quiet", `exec "$real" -hide_banner "$@"`) });
    assert.equal((await tryFfmpeg(X264)).version, version);
    assert.equal((await readInventory()).banner.version, version);
  });
});
