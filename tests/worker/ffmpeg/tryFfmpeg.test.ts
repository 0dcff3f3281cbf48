import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { inventory } from "../../../worker/ffmpeg/inventory";
import { trial } from "../../../worker/ffmpeg/tryFfmpeg";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

const X264 = { name: "libx264", format: "yuv420p" };

describe("a trial of ffmpeg", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("tells the version of each encoder's library, which is not ffmpeg's", async () => {
    const versions: Record<string, RegExp> = {
      "libx264": /^\d+( r\d+)?( \w+)?$/,
      "libx265": /^\d+\.\d+/,
      "libsvtav1": /^v\d+\.\d+/,
      "libvpx-vp9": /^v\d+\.\d+/,
    };
    for (const [name, version] of Object.entries(versions)) {
      assert.match((await trial({ name, format: "yuv420p" })).library ?? "", version, name);
    }
    assert.deepEqual(Object.keys(await trial({ name: "aac" })).sort(), ["libavcodec", "version"]);
  });

  it("is done once in a process, for each encoder and all that have no library", async () => {
    const log = join(path, "runs.txt");
    use({ FFMPEG_PATH: await wrapped(path, "counted", `echo "$1" >> "${log}"\nexec "$real" "$@"`) });
    await Promise.all([trial(X264), trial(X264), trial(), trial({ name: "aac" }), trial({ name: "h264_nvenc" })]);
    await trial(X264);
    assert.deepEqual((await readFile(log, "utf8")).trim().split("\n").sort(), ["-nostdin", "-version"]);
  });

  it("is done again after a failure, which may have been the machine's", async () => {
    const short = join(path, "short-of-memory");
    await writeFile(short, "");
    const script = `[ -e "${short}" ] && { echo "Cannot allocate memory" >&2; exit 1; }\nexec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "starved", script) });
    await assert.rejects(trial(X264), { name: "JobError", message: "ffmpeg failed: Cannot allocate memory." });
    await rm(short);
    assert.ok((await trial(X264)).library !== undefined);
  });

  it("does without the library's version where there is no source of test pictures", async () => {
    const script = `case "$*" in *lavfi*) echo "Unknown input format: 'lavfi'" >&2; exit 1;; esac\nexec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "no-lavfi", script) });
    assert.deepEqual(Object.keys(await trial(X264)).sort(), ["libavcodec", "version"]);
  });

  it("finds the version too where a wrapper hides it", async () => {
    const { version } = await trial();
    use({ FFMPEG_PATH: await wrapped(path, "quiet", `exec "$real" -hide_banner "$@"`) });
    assert.equal((await trial(X264)).version, version);
    assert.equal((await inventory()).banner.version, version);
  });
});
