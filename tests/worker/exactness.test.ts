import assert from "node:assert/strict";
import { join } from "node:path";

import type { ClipOptions } from "../support/clips";
import { clipDirectory, ffmpeg, ffprobe, makeClip } from "../support/clips";
import { assertExact, similarity } from "./decoded";
import { buildWorker, WorkerRuns } from "./workerProcess";

const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

const sources: [name: string, file: string, clip: ClipOptions][] = [
  [
    "open GOPs with B-frames at 29.97, beginning at 5 s, with sound",
    "open.mp4",
    {
      rate: "30000/1001",
      seconds: 3,
      sound: true,
      video: [...H264, "-bf", "3", "-x264-params", "open-gop=1:keyint=20"],
      output: ["-output_ts_offset", "5"],
    },
  ],
  [
    "Matroska at 23.976, with times rounded to milliseconds",
    "film.mkv",
    { rate: "24000/1001", seconds: 3, sound: 1.2 },
  ],
  [
    "MPEG-2 in a transport stream",
    "broadcast.ts",
    { seconds: 3, sound: true, video: ["-c:v", "mpeg2video", "-bf", "2", "-g", "12"] },
  ],
  [
    "a variable frame rate with a pause of three seconds",
    "screen recording.mp4",
    { rate: "30", seconds: 3, filter: "select='not(mod(n,3))+lt(random(0),0.5)',setpts='PTS+if(gt(N,30),3/TB,0)'" },
  ],
  [
    "AVI with B-frames and no display times",
    "old.avi",
    { seconds: 2, video: ["-c:v", "mpeg4", "-bf", "2", "-g", "12"] },
  ],
  [
    "odd numbers of pixels that aren't square",
    "odd.mp4",
    { width: 161, height: 121, filter: "setsar=4/3", video: ["-c:v", "libx264", "-pix_fmt", "yuv444p"] },
  ],
  ["a single frame", "still.mp4", { seconds: 0.04 }],
  ["one keyframe in all", "gop.mp4", { rate: "60000/1001", video: [...H264, "-g", "10000"] }],
];

describe("every frame of the source, at its time, in every rendition:", function () {
  this.timeout(30_000);
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
  });
  after(() => remove());

  const worker = (file: string): WorkerRuns =>
    new WorkerRuns(bundle, `file://${join(path, file)}`, `file://${join(path, `${file} out`)}`);

  for (const [name, file, clip] of sources) {
    it(name, async () => {
      const source = await makeClip(join(path, file), clip);
      const runs = worker(file);
      const plan = await runs.all();
      await assertExact(source, runs.path(""), plan);
      if (file === "open.mp4") {
        assert.equal(plan.frames.length, 3, "the clip has joins");
        const alike = await similarity(source, runs.path("mp4/90p.mp4"));
        assert.ok(alike > 0.95, `the frames are in their places: SSIM ${alike}`);
      }
    });
  }

  it("an edit list that begins between keyframes", async () => {
    const whole = await makeClip(join(path, "whole.mp4"), { seconds: 3, sound: true });
    const source = join(path, "cut.mp4");
    await ffmpeg("-ss", "0.5", "-i", whole, "-c", "copy", source);
    const runs = worker("cut.mp4");
    await assertExact(source, runs.path(""), await runs.all());
  });

  it("a portrait by rotation", async () => {
    const flat = await makeClip(join(path, "flat.mp4"), { seconds: 1 });
    const source = join(path, "portrait.mp4");
    await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90", source);
    const runs = worker("portrait.mp4");
    const plan = await runs.all();
    assert.deepEqual([plan.renditions[0]?.width, plan.renditions[0]?.pictureHeight], [90, 160]);
    await assertExact(source, runs.path(""), plan);
  });

  it("sound that begins later, as late as in the source", async () => {
    const source = join(path, "late.mov");
    const picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=3"];
    const tone = ["-itsoffset", "0.7", "-f", "lavfi", "-i", "sine=440:r=48000:d=1"];
    await ffmpeg(...picture, ...tone, ...H264, "-c:a", "pcm_s16le", source);
    const runs = worker("late.mov");
    const plan = await runs.all();
    await assertExact(source, runs.path(""), plan);
    for (const name of ["mp4/90p.mp4", "hls/master.m3u8"]) {
      const heard = await ffmpeg("-i", runs.path(name), "-vn", "-af", "silencedetect=n=-40dB:d=0.1", "-f", "null", "-");
      const [begin, end] = [/silence_end: (\S+)/.exec(heard), [...heard.matchAll(/silence_start: (\S+)/g)].at(-1)];
      assert.ok(Math.abs(Number(begin?.[1]) - 0.7) < 0.02, `sound begins at ${begin?.[1]}`);
      assert.ok(Math.abs(Number(end?.[1]) - 1.7) < 0.04, `sound ends at ${end?.[1]}`);
    }
    const [[duration] = []] = await ffprobe(runs.path("mp4/90p.mp4"), "stream=duration", "-select_streams", "a");
    assert.ok(Math.abs(Number(duration) - 3) <= 1024 / 48_000, "silence fills the sound up to the last picture");
  });
});
