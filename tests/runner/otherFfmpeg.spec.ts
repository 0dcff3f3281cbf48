import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { pathOf } from "../../worker/ffmpeg/program";
import type { Manifest } from "../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../support/clips";
import { called } from "../support/otherFfmpeg";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { useEnvironment } from "../support/useEnvironment";
import { buildWorker } from "../worker/workerProcess";
import { RealExecution } from "./realExecution";

/** A part of one chunk, and one of two. */
const ARGS = {
  image: IMAGE,
  renditions: [{ name: "90p", height: 90, preset: "ultrafast" as const }],
  parts: [{ queue: "high", seconds: 1 }, { queue: "low" }],
  ...{ chunkSeconds: 1, segmentSeconds: 1, gopSeconds: 1 },
};

describe("a redrive with another ffmpeg", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("makes the part anew that the first one had made, since the rest would not join it", async () => {
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 3 });
    const execution = new RealExecution(await synthesisePipeline(ARGS), await buildWorker(path), {
      ...{ clip, folder: path },
    });
    use({ FFMPEG_PATH: pathOf("ffmpeg") });
    const first = await execution.run(["Transcode_90p-2:exit=2"]);
    assert.equal(first.result.status, "FAILED");
    use({ FFMPEG_PATH: await called(path, "99.0") });
    const second = await execution.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    assert.deepEqual(
      second.submitted.filter((step) => step.startsWith("Transcode_90p")),
      ["Transcode_90p-1", "Transcode_90p-2"],
    );

    const manifest = JSON.parse(await readFile(join(execution.output, "manifest.json"), "utf8")) as Manifest;
    assert.deepEqual(
      manifest.renditions.map(({ name, frames, encodedBy }) => [name, frames, encodedBy.ffmpeg]),
      [["90p", 75, "99.0"]],
    );
    const times = async (file: string): Promise<string[]> =>
      (await ffprobe(file, "packet=pts_time")).map(([time]) => Number(time).toFixed(3)).sort();
    assert.deepEqual(await times(join(execution.output, "mp4/90p.mp4")), await times(clip));
  });
});
