import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readDeployment } from "../../../runner/synthesis/deployment";
import { stepsOf } from "../../../runner/faults/steps";
import { runPipeline } from "../../../runner/run";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { synthesisePipeline } from "../../support/pipeline";
import { processesNaming } from "../../support/processes";

/** Sleeps, with a child that sleeps too, and names the output, by which its processes are found. */
const sleeping = (seconds: string): string[] => ["sh", "-c", `sleep ${seconds} & wait`, "Ref::output"];

describe("every fault of every job", () => {
  let synthesis: Synthesis;
  let folder: string;
  let video: string;

  before(async () => {
    synthesis = await synthesisePipeline({
      renditions: [{ name: "720p", height: 720 }],
      computeEnvironments: [{ name: "compute", maxVcpus: 64 }],
      jobs: {
        metadata: { image: "own", command: sleeping("1.5") },
        features: { image: "own", command: sleeping("600") },
        transcode: {
          image: "own",
          command: ["sh", "-c", `sleep $((2 + $1 * 600 - 600)) & wait`, "Ref::output", "Ref::part"],
        },
      },
    });
    folder = mkdtempSync(join(tmpdir(), "fault-processes-"));
    video = join(folder, "clip.mp4");
    writeFileSync(video, "video");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [kind, status] of [
    ["exit,exit=2", "FAILED"],
    ["timeout", "FAILED"],
    ["attempt-timeout", "FAILED"],
    ["stop", "ABORTED"],
  ] as const) {
    it(`leaves no process when it is ${kind}`, async () => {
      const steps = stepsOf(readDeployment(synthesis).stateMachine.definition);
      const jobs = steps.filter(({ service }) => service === "batch").map(({ name }) => name);
      assert.deepEqual(jobs, ["Extract Metadata", "Extract Features", "Transcode_720p-1", "Transcode_720p-2"]);
      await Promise.all(
        jobs.map(async (step, index) => {
          const outDir = join(folder, `${kind}-${index}`);
          const record = await runPipeline({ synthesis, video, outDir, fail: [`${step}:kind=${kind}`] });
          assert.equal(record.status, status, `${step}: ${record.cause}`);
          assert.equal(record.notifications.length, status === "FAILED" ? 1 : 0, step);
          assert.ok(
            record.jobs.every(({ ended }) => ended !== undefined),
            step,
          );
          assert.deepEqual(processesNaming(outDir), [], step);
        }),
      );
    });
  }
});
