import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { audio } from "../../worker/commands/audio";
import { metadata } from "../../worker/commands/metadata";
import { packageVideo } from "../../worker/commands/package";
import { pathOf } from "../../worker/ffmpeg/program";
import { tryFfmpeg } from "../../worker/ffmpeg/tryFfmpeg";
import type { Manifest } from "../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../support/clips";
import { called } from "../support/otherFfmpeg";
import { useEnvironment } from "../support/useEnvironment";
import { Jobs, LEADERS, NAMES, SHARED } from "./jobsInProcess";
import { useLadder } from "./useLadder";

describe("a video whose jobs have another ffmpeg from some moment on", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  let first: string;
  let second: string;
  useLadder(SHARED);
  const use = useEnvironment();
  beforeEach(() => use({ FFMPEG_PATH: process.env["FFMPEG_PATH"] }));
  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { width: 192, height: 108, seconds: 3, sound: true });
    first = pathOf("ffmpeg");
    second = await called(path, "99.0");
  });
  after(() => remove());

  async function begin(name: string, batchJob?: string): Promise<Jobs> {
    await mkdir(join(path, name));
    const jobs = new Jobs(clip, join(path, name), first, batchJob);
    await jobs.run(metadata);
    await jobs.run(audio);
    return jobs;
  }

  const goOn = ({ output }: Jobs, batchJob?: string): Jobs => new Jobs(clip, output, second, batchJob);

  /** The chunks of a rendition that are recorded, by who made them: `2-00001 99.0`. */
  async function recorded(jobs: Jobs, name: string): Promise<string[]> {
    const files = await readdir(jobs.path(`work/${name}`));
    const records = files.map(async (file) => {
      const { encodedBy } = await jobs.json<{ encodedBy: { ffmpeg: string } }>(`work/${name}/${file}`);
      return `${file.slice(0, 7)} ${encodedBy.ffmpeg === "99.0" ? "second" : "first"}`;
    });
    return (await Promise.all(records)).sort();
  }

  /** Every picture of the source is in every rendition at its time, all made by the second; and nothing of the first is left. */
  async function assertWhole(jobs: Jobs): Promise<void> {
    const manifest = await jobs.json<Manifest>("manifest.json");
    assert.deepEqual(
      manifest.renditions.map(({ name, frames, encodedBy }) => [name, frames, encodedBy.ffmpeg, encodedBy.encoder]),
      NAMES.map((name) => [name, 75, "99.0", "libx264"]),
    );
    const times = async (file: string): Promise<string[]> =>
      (await ffprobe(file, "packet=pts_time", "-select_streams", "v:0"))
        .map(([time]) => Number(time).toFixed(3))
        .sort();
    const expected = await times(clip);
    for (const name of NAMES) {
      assert.deepEqual(await times(jobs.path(`mp4/${name}.mp4`)), expected, name);
      const marks = new Set(
        (await readdir(jobs.path(`hls/${name}`))).flatMap((file) => /-(\w{8}-\w{8})\.m/.exec(file)?.[1] ?? []),
      );
      assert.equal(marks.size, 1, name);
      assert.deepEqual(await recorded(jobs, name), ["1-00000 second", "2-00000 second", "2-00001 second"]);
    }
  }

  it("is made anew by the second, whole, when it is run again", async () => {
    const stopped = await begin("stopped");
    await stopped.transcode(LEADERS, 1);
    await stopped.transcode(LEADERS, 2);
    const early = await readFile(stopped.path("hls/108p/playlist.m3u8"), "utf8");

    const resumed = goOn(stopped);
    await resumed.run(metadata);
    await resumed.transcode(LEADERS, 1);
    const still = await readFile(stopped.path("hls/108p/playlist.m3u8"), "utf8");
    assert.equal(still, early, "what plays does not become less");
    assert.deepEqual(await recorded(resumed, "64p"), ["1-00000 first", "1-00000 second", "2-00000 first"]);
    await resumed.transcode(LEADERS, 2, 0);
    await resumed.transcode(LEADERS, 2, 1);
    await resumed.run(audio);
    await resumed.run(packageVideo);
    await assertWhole(resumed);
    // The sound was whole already, and stays.
    const [sound] = (await resumed.json<Manifest>("manifest.json")).audio!;
    assert.deepEqual([sound?.encodedBy.encoder, sound?.encodedBy.ffmpeg === "99.0"], ["aac", false]);
  });

  it("is made anew too where a redrive passes over the part that is done", async () => {
    const before = await begin("redriven", "job-1");
    await before.transcode(LEADERS, 1);
    await before.transcode(LEADERS, 2, 1);
    const after = goOn(before, "job-2");
    await after.transcode(LEADERS, 2, 0);
    assert.deepEqual(await recorded(after, "64p"), ["1-00000 first", "2-00000 second", "2-00001 first"]);
    await after.transcode(LEADERS, 2, 1);
    await after.run(packageVideo);
    await assertWhole(after);
  });

  it("is whole by one of them where children of one array job differ", async () => {
    const one = await begin("mixed", "job");
    await one.transcode(LEADERS, 1);
    await one.transcode(LEADERS, 2, 0);
    const other = goOn(one, "job");
    await other.transcode(LEADERS, 2, 1);
    await other.run(packageVideo);
    await assertWhole(other);
  });

  it("keeps what is whole, whoever made it", async () => {
    const earlier = await begin("whole");
    const all = async (jobs: Jobs): Promise<void> => {
      for (const [part, index] of [
        [1, 0],
        [2, 0],
        [2, 1],
      ] as const)
        await jobs.transcode(LEADERS, part, index);
      await jobs.run(packageVideo);
    };
    await all(earlier);
    const names = (await readdir(earlier.output, { recursive: true })).filter((name) => /\.(m4s|mp4|m3u8)$/.test(name));
    const modified = () => Promise.all(names.map(async (name) => (await stat(earlier.path(name))).mtimeMs));
    const before = await modified();
    const again = goOn(earlier);
    for (const command of [metadata, audio]) await again.run(command);
    await all(again);
    assert.deepEqual(await modified(), before);
    const { renditions } = await again.json<Manifest>("manifest.json");
    assert.ok(renditions.every(({ encodedBy }) => encodedBy.ffmpeg !== "99.0"));
  });

  it("is not packaged where nobody has made all of a rendition", async () => {
    const one = await begin("halves");
    await one.transcode(LEADERS, 1);
    await one.transcode(LEADERS, 2, 0);
    // By hand, a job knows nothing of the others.
    await goOn(one).transcode(LEADERS, 2, 1);
    const { version, library } = await tryFfmpeg({ name: "libx264", format: "yuv420p" });
    assert.equal(version, "99.0");
    process.env["FFMPEG_PATH"] = first;
    const ours = `libx264 ${library} of ffmpeg ${(await tryFfmpeg()).version}`;
    const names = [ours, `libx264 ${library} of ffmpeg 99.0`];
    const sentence = ([a, b]: string[]): string =>
      `Some chunks of 108p were encoded by ${a}, others by ${b}, which can't be joined; run its transcode jobs again with one image.`;
    // All renditions are affected at once; the error names the first one that is found.
    await assert.rejects(one.run(packageVideo), ({ message }: Error) =>
      [sentence(names), sentence(names.toReversed())].includes(message.replace(/ (?:68|64)p /, " 108p ")),
    );
  });
});
