import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

import type { RunRecord } from "../../../contract/run";
import { parseBanner } from "../../../worker/ffmpeg/banner";
import { capture } from "../../../worker/ffmpeg/capture";
import { pathOf } from "../../../worker/ffmpeg/program";
import { remedy } from "../../../worker/ffmpeg/remedy";
import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../../support/clips";
import { cli, startCli } from "../../support/commandLine";
import { called, without } from "../../support/otherFfmpeg";
import { noneNames } from "../../support/processes";
import { useEnvironment } from "../../support/useEnvironment";

/** The ffmpegs on the PATH, in its order. `npm run test:ffmpeg` puts one before the machine's own. */
function installed(): string[] {
  const files = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "ffmpeg"));
  return [...new Set(files.filter((file) => existsSync(file)).map((file) => realpathSync(file)))];
}

describe("run, with one ffmpeg and then another", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { seconds: 12, sound: true });
  });
  after(() => remove());

  async function versionOf(ffmpeg: string): Promise<string> {
    use({ FFMPEG_PATH: ffmpeg });
    return parseBanner((await capture("ffmpeg", ["-version"])).stdout)!.version;
  }

  /** Stops a run with the first one when the opening is done, and ends it with the second. */
  async function goOnWith(first: string, second: string, out: string): Promise<void> {
    const [before, after] = [await versionOf(first), await versionOf(second)];
    assert.notEqual(before, after);
    const args = ["run", clip, "--stack", "dev", "--out", out];
    const { child, result } = startCli(args, { ...process.env, FFMPEG_PATH: first });
    await new Promise<void>((resolve) => {
      child.stderr!.on("data", (text: string) => {
        if (/Transcode_480p-1 +succeeded/.test(text)) resolve();
      });
      child.on("close", () => resolve());
    });
    child.kill("SIGKILL");
    await result;
    await noneNames(out);
    const read = <T>(name: string): T => JSON.parse(readFileSync(join(out, name), "utf8")) as T;
    const segments = (): string[] => readdirSync(join(out, "output/hls/480p")).filter((name) => name.endsWith(".m4s"));
    const [begun] = segments();
    assert.ok(begun !== undefined);
    assert.equal(read<RunRecord>("run.json").programs?.ffmpeg.version, before);

    use({ FFMPEG_PATH: second });
    const { code, stderr } = await cli(["run", "--resume", out]);
    assert.equal(code, 0, stderr);
    const { programs } = read<RunRecord>("run.json");
    assert.deepEqual([programs?.ffmpeg.version, programs?.ffmpeg.path], [after, second]);
    assert.equal(read<RunRecord>("earlier/1/run.json").programs?.ffmpeg.version, before);
    const { renditions } = read<Manifest>("output/manifest.json");
    assert.deepEqual(
      renditions.map(({ frames, encodedBy }) => [frames, encodedBy.ffmpeg, encodedBy.encoder]),
      [[300, after, "libx264"]],
    );
    assert.ok(!segments().includes(begun), "nothing of the first one's is left");
    const times = async (file: string): Promise<number[]> => {
      const rows = await ffprobe(file, "frame=pts_time", "-select_streams", "v:0");
      const seconds = rows.map(([time]) => Number(time));
      return seconds.map((time) => Math.round((time - seconds[0]!) * 90_000));
    };
    const expected = await times(clip);
    assert.equal(expected.length, 300);
    assert.deepEqual(await times(join(out, "output/hls/480p/playlist.m3u8")), expected);
    assert.deepEqual(await times(join(out, "output/mp4/480p.mp4")), expected);
    const [, named = ""] = /<dt>ffmpeg<\/dt><dd>([^<]*)/.exec(readFileSync(join(out, "report.html"), "utf8")) ?? [];
    // The sound may have been whole before.
    assert.ok([after, `${after}, ${before}`, `${before}, ${after}`].includes(named), named);
  }

  it("that calls itself otherwise, has every picture once, of one of them", async () => {
    await goOnWith(await called(path, "99.0"), pathOf("ffmpeg"), join(path, "called"));
  });

  const [second, first] = installed();
  const others = first === undefined ? it.skip : it;
  others("of another version, has every picture once, of one of them", async () => {
    await goOnWith(first!, second!, join(path, "versions"));
  });

  it("is refused at once, before anything is written, where ffmpeg lacks what the ladder asks for", async () => {
    use({ FFMPEG_PATH: await without(path, "libx264") });
    const out = join(path, "refused");
    const { code, stdout, stderr } = await cli(["run", clip, "--stack", "dev", "--out", out]);
    assert.deepEqual(
      [code, stdout, stderr],
      [2, "", `${process.env["FFMPEG_PATH"]} has no encoder libx264: ${remedy("incomplete")}\n`],
    );
    assert.ok(!readdirSync(path).includes("refused"));
  });
});
