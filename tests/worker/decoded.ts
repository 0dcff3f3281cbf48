import assert from "node:assert/strict";

import type { Plan } from "../../components/workflow/plan";
import { ffmpeg, ffprobe } from "../support/clips";

/** Seconds at which the frames of a file are shown when it is decoded, from the first. */
export async function decodedTimes(path: string): Promise<number[]> {
  const [[, base = "1/1"] = []] = await ffprobe(path, "stream=index,time_base", "-select_streams", "v:0");
  const [numerator = 1, denominator = 1] = base.split("/").map(Number);
  const options = ["-fflags", "+genpts", "-select_streams", "v:0"];
  const frames = await ffprobe(path, "frame=best_effort_timestamp", ...options);
  const ticks = frames.map(([time]) => Number(time));
  return ticks.map((time) => ((time - (ticks[0] as number)) * numerator) / denominator);
}

/** Everything packaged decodes to exactly the source's frames at the source's times, sound beginning with the picture. */
export async function assertExact(source: string, output: string, plan: Plan): Promise<void> {
  const expected = await decodedTimes(source);
  assert.equal(plan.source.frames, expected.length);
  for (const { name, width, pictureHeight } of plan.renditions) {
    for (const path of [`${output}/mp4/${name}.mp4`, `${output}/hls/${name}/playlist.m3u8`]) {
      const times = await decodedTimes(path);
      assert.equal(times.length, expected.length, `frames of ${path}`);
      times.forEach((time, index) => {
        assert.ok(Math.abs(time - (expected[index] as number)) < 1e-6, `frame ${index} of ${path}: ${time}`);
      });
      const sizes = await ffprobe(path, "stream=width,height", "-select_streams", "v:0");
      assert.deepEqual(sizes.at(-1), [String(width), String(pictureHeight)]);
    }
  }
  const beginnings = async (path: string): Promise<number[]> =>
    (await ffprobe(path, "stream=start_time")).filter(([time]) => time !== "").map(([time]) => Number(time));
  const tracks = plan.audio ? [0, 0] : [0];
  assert.deepEqual(await beginnings(`${output}/mp4/${plan.renditions[0]?.name}.mp4`), tracks);
  for (const time of await beginnings(`${output}/hls/master.m3u8`)) assert.equal(time, 10);
}

/** How much alike two videos are, frame by frame in their order: 1 is the same, an adjacent frame is clearly less. */
export async function similarity(one: string, other: string): Promise<number> {
  const graph = "[0:v]setpts=N[one];[1:v]setpts=N[other];[one][other]ssim";
  const said = await ffmpeg("-i", one, "-i", other, "-lavfi", graph, "-fps_mode", "passthrough", "-f", "null", "-");
  return Number(/All:(\S+)/.exec(said)?.[1]);
}
