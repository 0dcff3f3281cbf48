import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder } from "../../../contract/plan";
import { LADDER_VARIABLE } from "../../../contract/plan";
import { audio } from "../../../worker/commands/audio";
import { features } from "../../../worker/commands/features";
import type { Job, Stores } from "../../../worker/commands/job";
import { metadata } from "../../../worker/commands/metadata";
import { transcode } from "../../../worker/commands/transcode";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import type { Shortcoming } from "../../../worker/ffmpeg/remedy";
import { remedy } from "../../../worker/ffmpeg/remedy";
import { storageFor } from "../../../worker/storage/storageFor";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { called, without, wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { LADDER } from "../workerProcess";

const H264 = { name: "h264", height: 64, preset: "ultrafast", crf: 30 };
const AV1 = { ...H264, name: "av1", codec: "av1" as const };
const HEVC = { ...H264, name: "hevc", codec: "hevc" as const };

const COMPLETE = needing("ffmpeg filter zscale", "ffmpeg encoder libsvtav1", "ffmpeg encoder libx265 yuv420p10le");

COMPLETE.describe("an ffmpeg that can't do what a job needs", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const marks = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc";
    const picture = ["-f", "lavfi", "-i", "color=gray:s=64x64:r=25:d=0.2,format=yuv420p10le"];
    const sound = ["-f", "lavfi", "-i", "sine=440:r=48000:d=0.2"];
    const encoders = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-c:a", "aac"];
    await ffmpeg(...picture, ...sound, "-vf", marks, ...encoders, join(path, "hdr.mp4"));
  });
  after(() => remove());

  type Command = (job: Job, stores: Stores, report: ProgressReport) => Promise<void>;

  /** Runs a command on the HDR clip. */
  function run(command: Command, output: string, rendition?: string): Promise<void> {
    const uris = { input: `file://${join(path, "hdr.mp4")}`, output: `file://${join(path, output)}` };
    const job = { ...uris, index: 0, ...(rendition === undefined ? {} : { rendition, part: 1 }) };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    return command(job, stores, new ProgressReport(() => undefined));
  }

  async function plan(output: string, renditions: Ladder["renditions"], more: Partial<Ladder> = {}): Promise<void> {
    use({ [LADDER_VARIABLE]: JSON.stringify({ ...LADDER, parts: [{}], renditions, ...more }) });
    await mkdir(join(path, output), { recursive: true });
    await run(metadata, output);
  }

  /** An InputError, since another attempt would find the same ffmpeg. */
  const refusal = (what: string, shortcoming: Shortcoming = "incomplete") => ({
    name: "InputError",
    message: `${process.env["FFMPEG_PATH"]} ${what}: ${remedy(shortcoming)}`,
  });

  it("is refused by the metadata job for all jobs, before there is a plan", async () => {
    use({ FFMPEG_PATH: await without(path, "libsvtav1") });
    await assert.rejects(plan("none", [H264, AV1]), refusal("has no encoder libsvtav1"));
    use({ FFMPEG_PATH: await without(path, "zscale") });
    await assert.rejects(plan("none", [H264]), refusal("has no filter zscale"));
    const less = `"$real" "$@" | sed -E 's/\\b(libx264|mjpeg|tonemap)\\b//g'`;
    use({ FFMPEG_PATH: await wrapped(path, "less", less) });
    const all = "has no encoder mjpeg, no encoder libx264 and no filter tonemap";
    await assert.rejects(plan("none", [H264]), refusal(all));
    assert.deepEqual(await readdir(join(path, "none")), []);
  });

  it("is accepted for jobs that have another one, and if it lacks only what no job needs", async () => {
    use({ FFMPEG_PATH: await without(path, "libsvtav1") });
    await plan("others", [H264, AV1], { otherImages: ["transcode"] });
    await plan("others", [H264]);
    assert.ok(existsSync(join(path, "others/plan.json")));
  });

  it("is refused by the job that needs it, before anything is encoded", async () => {
    await plan("jobs", [H264, AV1, HEVC]);
    use({ FFMPEG_PATH: await without(path, "libsvtav1") });
    await assert.rejects(run(transcode, "jobs", "av1"), refusal("has no encoder libsvtav1"));
    await run(transcode, "jobs", "hevc");
    use({ FFMPEG_PATH: await without(path, "zscale") });
    await assert.rejects(run(transcode, "jobs", "h264"), refusal("has no filter zscale"));
    await assert.rejects(run(features, "jobs"), refusal("has no filter zscale"));
    use({ FFMPEG_PATH: await without(path, "aac") });
    await assert.rejects(run(audio, "jobs"), refusal("has no encoder aac"));
    assert.deepEqual(await readdir(join(path, "jobs/hls")), ["hevc"]);
  });

  it("is refused if its encoder would silently reduce 10 bits to 8", async () => {
    await plan("deep", [HEVC]);
    use({ FFMPEG_PATH: await wrapped(path, "narrow", 'exec "$real" "${@//yuv420p10le/yuv420p}"') });
    await assert.rejects(run(transcode, "deep", "hevc"), refusal("has no encoder libx265 for 10 bits"));
    await assert.rejects(plan("none", [HEVC]), refusal("has no encoder libx265 for 10 bits"));
  });

  it("is refused by every job when it is too old", async () => {
    await plan("old", [H264]);
    use({ FFMPEG_PATH: await called(path, "5.0.3", "59. 18.100") });
    const error = refusal("is version 5.0.3, and 5.1 or later is needed", "outdated");
    await assert.rejects(plan("none", [H264]), error);
    await assert.rejects(run(features, "old"), error);
    await assert.rejects(run(audio, "old"), error);
    await assert.rejects(run(transcode, "old", "h264"), error);
    assert.ok(!existsSync(join(path, "old/hls")) && !existsSync(join(path, "old/features")));
  });

  it("is refused by the metadata job if ffprobe is too old", async () => {
    const older = `"$real" "$@" | sed -E 's/"version": "[^"]+"/"version": "4.4.2"/; /"libavcodec"/,/"micro"/s/"major": [0-9]+/"major": 58/'`;
    const FFPROBE_PATH = await wrapped(path, "older", older, "ffprobe");
    use({ FFPROBE_PATH });
    await assert.rejects(plan("none", [H264]), {
      name: "InputError",
      message: `${FFPROBE_PATH} is version 4.4.2, and 5.1 or later is needed: ${remedy("outdated", "ffprobe")}`,
    });
  });

  it("costs each job one short run to find out, and the metadata job two in parallel", async () => {
    const log = join(path, "runs.txt");
    // Each job gets its own command, since a process remembers what it found out.
    const counting = async (command: Command, rendition?: string): Promise<string[]> => {
      await rm(log, { force: true });
      const script = `echo "$1" >> "${log}"\nexec "$real" "$@"`;
      use({ FFMPEG_PATH: await wrapped(path, `counted-${command.name}`, script) });
      await run(command, "counted", rendition);
      const first = (await readFile(log, "utf8")).trim().split("\n");
      return first.filter((option) => option !== "-hide_banner").sort();
    };
    await plan("counted", [H264]);
    assert.deepEqual(await counting(metadata), ["-codecs", "-filters"]);
    assert.deepEqual(await counting(transcode, "h264"), ["-nostdin"]);
    assert.deepEqual(await counting(audio), ["-version"]);
    assert.deepEqual(await counting(features), ["-version"]);
  });
});
