import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";

import { PartialOutcome } from "../../index";
import type { Manifest } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { clipDirectory, makeClip } from "../support/clips";
import { wrapped } from "../support/otherFfmpeg";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { useEnvironment } from "../support/useEnvironment";
import { buildWorker, WorkerRuns } from "../worker/workerProcess";
import { RealExecution } from "./realExecution";

/** Parts of one chunk and of three, of two renditions. */
const ARGS = {
  image: IMAGE,
  renditions: [
    { name: "90p", height: 90, preset: "ultrafast" as const },
    { name: "64p", height: 64, preset: "ultrafast" as const },
  ],
  parts: [{ queue: "high", seconds: 1 }, { queue: "low" }],
  ...{ chunkSeconds: 1, segmentSeconds: 1, gopSeconds: 1 },
};

describe("a redrive with the real worker", () => {
  let path: string;
  let remove: () => Promise<void>;
  let synthesis: Synthesis;
  let bundle: string;
  let clip: string;
  let other: string;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { seconds: 4, sound: true });
    other = await makeClip(join(path, "other.mp4"), { seconds: 2 });
    synthesis = await synthesisePipeline(ARGS);
    bundle = await buildWorker(path);
  });
  after(() => remove());

  const execution = (name: string, file = clip): RealExecution =>
    new RealExecution(synthesis, bundle, { clip: file, folder: join(path, name) });

  async function read<T>({ output }: RealExecution, name: string): Promise<T> {
    return JSON.parse(await readFile(join(output, name), "utf8")) as T;
  }

  it("encodes no chunk twice", async () => {
    const log = join(path, "encodes.log");
    const script = `case "$*" in *color=s=64x64*) ;; *libx264*) echo "$*" | sha256sum >> ${log};; esac; exec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "counting", script) });
    const encodes = async (): Promise<string[]> => (await readFile(log, "utf8")).trim().split("\n");
    // No branch is stopped in the middle of a chunk because another one failed.
    const workflow = { continueOnRenditionFailure: true, partialOutcome: PartialOutcome.fail };
    const folder = join(path, "chunks");
    const one = new RealExecution(await synthesisePipeline({ ...ARGS, workflow }), bundle, { clip, folder });
    const first = await one.run(["Transcode_90p-2:chunk=1,exit=2"]);
    assert.equal(first.result.error, "VideoIncomplete", first.result.cause);
    assert.equal((await encodes()).length, 7);
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const all = await encodes();
    assert.deepEqual([all.length, new Set(all).size], [8, 8]);
    assert.ok(!second.submitted.includes("Transcode_90p-1"), "its only chunk was done");
    assert.ok(second.submitted.includes("Transcode_90p-2"), "an array is submitted whole");
  });

  it("takes the output back from another video, whose late jobs end", async () => {
    const one = execution("taken");
    await one.run(["Transcode_90p-2:exit=2"]);
    const intruder = execution("taken", other);
    const between = await intruder.run(["Package Video:exit=2"]);
    assert.match(between.result.cause ?? "", /^Package Video failed: /);
    const { fingerprint } = await read<Plan>(one, "plan.json");
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const { source } = await read<Manifest>(one, "manifest.json");
    assert.equal(source.uri, `file://${clip}`);

    const late = new WorkerRuns(bundle, `file://${other}`, `file://${one.output}`);
    const { code, lastLine } = await late.run(["package", "--plan", fingerprint]);
    assert.deepEqual(
      [code, lastLine],
      [
        2,
        `file://${one.output} has another plan by now: another execution began there with another video or ladder. That one goes on, this one ends.`,
      ],
    );
    const again = await intruder.run();
    assert.match(again.result.cause ?? "", /has another plan by now/);
  });

  it("makes what the source has become", async () => {
    const changing = join(path, "changing.mp4");
    await copyFile(clip, changing);
    const one = execution("changed", changing);
    await one.run(["Transcode_90p-2:exit=2"]);
    await copyFile(other, changing);
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const { source, renditions } = await read<Manifest>(one, "manifest.json");
    assert.deepEqual([source.frames, renditions.map(({ frames }) => frames)], [50, [50, 50]]);
  });
});
