import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

import type { Launch, Launcher, RunningProcess } from "../../../runner/batch/launchers/launcher";
import { LocalLauncher } from "../../../runner/batch/launchers/localLauncher";
import { SystemClock } from "../../../runner/clock/clock";
import { readDeployment } from "../../../runner/synthesis/deployment";
import { stepsOf } from "../../../runner/faults/steps";
import type { RunRecord } from "../../../contract/run";
import { runPipeline } from "../../../runner/run";
import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, makeClip } from "../../support/clips";
import { IMAGE, synthesisePipeline } from "../../support/pipeline";
import { processesNaming } from "../../support/processes";

const WORKER = join(__dirname, "..", "..", "..", "worker", "dist", "worker.cjs");

/** Takes the video away before a job begins, and puts it back when the job has ended. */
class TakingAway implements Launcher {
  taken?: string;
  readonly #jobs: LocalLauncher;

  constructor(
    private readonly video: string,
    logs: string,
    private readonly wanted: (job: string) => boolean,
  ) {
    this.#jobs = new LocalLauncher({ logs, clock: new SystemClock(), workerBundle: WORKER });
  }

  launch(launch: Launch): RunningProcess {
    const job = launch.jobName.replace(/^videos-/, "");
    if (!this.wanted(job)) return this.#jobs.launch(launch);
    this.taken = job;
    renameSync(this.video, `${this.video}.away`);
    const running = this.#jobs.launch(launch);
    return {
      ...running,
      kill: (signal) => running.kill(signal),
      ended: running.ended.finally(() => renameSync(`${this.video}.away`, this.video)),
    };
  }
}

describe("a video that is gone", () => {
  let directory: string;
  let remove: () => Promise<void>;
  let video: string;
  before(async () => {
    ({ path: directory, remove } = await clipDirectory());
    video = await makeClip(join(directory, "clip.mp4"), {
      ...{ seconds: 2, rate: "10", sound: true },
      video: ["-c:v", "libx264", "-preset", "ultrafast", "-g", "5", "-pix_fmt", "yuv420p"],
    });
  });
  after(() => remove());

  const one = { vcpus: 1 };
  /** One job at a time, so that nobody else misses the video. */
  const pipeline = (workflow = {}) =>
    synthesisePipeline({
      image: IMAGE,
      renditions: [90, 64].map((height) => ({ name: `${height}p`, height, preset: "ultrafast", vcpus: 1 })),
      parts: [{ queue: "high", seconds: 1 }, { queue: "low" }],
      ...{ chunkSeconds: 1, gopSeconds: 1, segmentSeconds: 1 },
      jobs: { metadata: one, features: one, transcode: one, package: one },
      workflow,
    });

  async function run(
    synthesis: Awaited<ReturnType<typeof pipeline>>,
    outDir: string,
    wanted: (job: string) => boolean,
  ): Promise<{ record: RunRecord; taken?: string; notice: Record<string, unknown> }> {
    const launcher = new TakingAway(video, join(outDir, "logs"), wanted);
    const record = await runPipeline({ synthesis, video, outDir, launcher, maxVcpus: 1 });
    assert.deepEqual(processesNaming(outDir), []);
    assert.equal(record.notifications.length, 1);
    const notice = JSON.parse(record.notifications[0]!.message) as Record<string, unknown>;
    return { record, notice, ...(launcher.taken === undefined ? {} : { taken: launcher.taken }) };
  }

  it("fails each step that reads it with a sentence, and leaves nothing half; the next run goes on", async () => {
    const synthesis = await pipeline();
    const steps = stepsOf(readDeployment(synthesis).stateMachine.definition);
    const jobs = steps.flatMap(({ name, service }) =>
      service === "batch" ? name.replace(/^(\w+) (\w+)$/, "$1$2") : [],
    );
    const outDir = join(directory, "each");
    const tried: string[] = [];
    for (;;) {
      // The first job that was not tried yet.
      let found: string | undefined;
      const {
        record,
        taken = "",
        notice,
      } = await run(synthesis, outDir, (job) => {
        if (found !== undefined || tried.includes(job)) return false;
        found = job;
        return true;
      });
      tried.push(taken);
      const made = ["manifest.json", "hls/master.m3u8", "mp4"].filter((name) =>
        existsSync(join(outDir, "output", name)),
      );
      if (taken === "PackageVideo") {
        // It reads the output and nothing else.
        assert.deepEqual([record.status, notice["status"], made.length], ["SUCCEEDED", "SUCCEEDED", 3]);
        break;
      }
      assert.equal(record.status, "FAILED", taken);
      const step = taken.replace(/^Extract/, "Extract ");
      const sentence =
        taken === "ExtractMetadata"
          ? `"clip.mp4" wasn't found at file://${video}; check the URI.`
          : '"clip.mp4" no longer exists; upload it and start the pipeline again.';
      const cause = `${step} failed: ${sentence} (exit code 2 after 1 attempt. Essential container in task exited)`;
      assert.deepEqual([notice["step"], notice["cause"]], [step, cause]);
      assert.deepEqual([record.failure?.state, record.failure?.explanation], [step, sentence]);
      assert.match(String(notice["log"]), new RegExp(`/logs/videos-${taken}-1\\.log$`));
      assert.deepEqual(
        made.filter((name) => name !== "hls/master.m3u8"),
        [],
      );
    }
    assert.deepEqual([...tried].sort(), [...jobs].sort());
  });

  it("leaves out a rendition where that is wanted, and notice and manifest say why", async () => {
    const synthesis = await pipeline({ continueOnRenditionFailure: true });
    const outDir = join(directory, "partial");
    const { record, notice } = await run(synthesis, outDir, (job) => job === "Transcode_64p-2");
    assert.equal(record.status, "SUCCEEDED", record.cause);
    const cause = `Transcode_64p-2 failed: "clip.mp4" no longer exists; upload it and start the pipeline again. (exit code 2 after 1 attempt. Essential container in task exited)`;
    const [missing] = notice["missing"] as Record<string, unknown>[];
    assert.deepEqual([notice["status"], missing?.["rendition"], missing?.["cause"]], ["PARTIAL", "64p", cause]);
    const manifest = JSON.parse(readFileSync(join(outDir, "output", "manifest.json"), "utf8")) as Manifest;
    assert.deepEqual(manifest.missing, { renditions: ["64p"], features: false, causes: [cause] });
  });
});
