import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { BatchService } from "../../runner/batch/service";
import { LocalLauncher } from "../../runner/batch/launchers/localLauncher";
import { SystemClock } from "../../runner/clock/clock";
import { FailingLauncher } from "../../runner/faults/failingLauncher";
import { parseFaults } from "../../runner/faults/fault";
import { Faults } from "../../runner/faults/faults";
import { stepsOf } from "../../runner/faults/steps";
import { taskHandlers } from "../../runner/integrations/resources";
import { execute, type ExecutionResult } from "../../runner/stateMachine/execution";
import { readDeployment } from "../../runner/synthesis/deployment";
import { pathOf } from "../../worker/ffmpeg/program";
import type { Manifest } from "../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../support/clips";
import { called } from "../support/otherFfmpeg";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { useEnvironment } from "../support/useEnvironment";
import { buildWorker } from "../worker/workerProcess";

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

  it("passes over the part that is done, and makes its chunk anew with those that are left", async () => {
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 3 });
    const output = join(path, "output");
    await mkdir(output);
    const { stateMachine, batch: configuration } = readDeployment(await synthesisePipeline(ARGS));
    const { definition, ...machine } = stateMachine;
    const clock = new SystemClock();
    const local = new LocalLauncher({ logs: join(path, "logs"), clock, workerBundle: await buildWorker(path) });

    /** The execution, or a redrive of it. Returns the steps whose jobs were submitted too. */
    async function run(ffmpeg: string, fail: string[], last?: ExecutionResult) {
      use({ FFMPEG_PATH: ffmpeg });
      const faults = new Faults({ faults: parseFaults(fail, stepsOf(definition)), stop: () => undefined });
      const launcher = new FailingLauncher(local, faults, join(path, "logs"));
      const batch = new BatchService({ configuration, launcher, clock, faultInjector: faults });
      const submitted: string[] = [];
      const handlers = taskHandlers({
        ...{ batch, clock },
        onSubmitted: ({ JobId }, visit) => {
          submitted.push(visit.state);
          faults.recordJob(JobId, visit.state);
        },
      });
      const result = await execute(
        definition,
        { input: `file://${clip}`, output: `file://${output}` },
        {
          ...{ handlers: faults.wrapHandlers(handlers), clock, stateMachine: machine, name: "one" },
          ...(last?.checkpoint ? { redrive: { checkpoint: last.checkpoint, count: 1, startTime: clock.now() } } : {}),
        },
      );
      return { result, submitted };
    }

    const first = await run(pathOf("ffmpeg"), ["Transcode_90p-2:exit=2"]);
    assert.equal(first.result.status, "FAILED");
    const second = await run(await called(path, "99.0"), [], first.result);
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    assert.deepEqual(
      second.submitted.filter((step) => step.startsWith("Transcode_90p")),
      ["Transcode_90p-2"],
    );

    const manifest = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
    assert.deepEqual(
      manifest.renditions.map(({ name, frames, encodedBy }) => [name, frames, encodedBy.ffmpeg]),
      [["90p", 75, "99.0"]],
    );
    const times = async (file: string): Promise<string[]> =>
      (await ffprobe(file, "packet=pts_time")).map(([time]) => Number(time).toFixed(3)).sort();
    assert.deepEqual(await times(join(output, "mp4/90p.mp4")), await times(clip));
  });
});
