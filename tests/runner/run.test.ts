import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ScriptedLauncher } from "../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../runner/clock/clock";
import type { PipelineEvent } from "../../contract/events";
import type { RunRecord } from "../../contract/run";
import type { RunOptions } from "../../runner/run";
import { runPipeline } from "../../runner/run";
import { gone } from "../support/processes";
import { until } from "../support/until";
import { program, script } from "./smallProgram";
import { stateMachine, synthesis, TOPIC } from "./support";

describe("runPipeline", () => {
  let folder: string;
  let video: string;
  let outDir: string;
  let events: PipelineEvent[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "run test #%-"));
    video = join(folder, "my clip's 100%.mp4");
    outDir = join(folder, "out");
    writeFileSync(video, "video");
    events = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (more: Partial<RunOptions> = {}): Promise<RunRecord> =>
    runPipeline({ synthesis: program(), video, outDir, onEvent: (event) => events.push(event), ...more });
  const saved = (): RunRecord => JSON.parse(readFileSync(join(outDir, "run.json"), "utf8")) as RunRecord;
  const states = ({ states: list }: RunRecord): string[] => list.map(({ name, outcome }) => `${name} ${outcome}`);

  it("runs a pipeline with real processes and records it", async () => {
    const record = await run();
    assert.deepEqual(saved(), JSON.parse(JSON.stringify(record)));
    const { status, input, output, failure, vcpus } = saved();
    assert.deepEqual(
      { status, input, output, failure, vcpus },
      {
        status: "SUCCEEDED",
        input: { input: `file://${video}`, output: `file://${outDir}/output` },
        output: { done: true },
        failure: undefined,
        vcpus: { ce: 2 },
      },
    );
    assert.deepEqual(readdirSync(join(outDir, "output")).sort(), ["chunk-0", "chunk-1", "features", "plan.json"]);
    assert.equal(readFileSync(join(outDir, "output", "chunk-1"), "utf8"), "video1");
    assert.deepEqual(readdirSync(join(outDir, "logs")).sort(), [
      "Encode-0-1.log",
      "Encode-1-1.log",
      "Extract-1.log",
      "Features-1.log",
    ]);
    assert.deepEqual(states(record).sort(), [
      "Encode succeeded",
      "Extract succeeded",
      "Features succeeded",
      "Notify Success succeeded",
      "Process succeeded",
      "Read Plan succeeded",
      "Start succeeded",
      "Whole succeeded",
    ]);
    const extract = record.jobs.find(({ name }) => name === "Extract");
    // Measured only if it takes long enough.
    const peakMemoryMiB = extract?.attempts[0]?.peakMemoryMiB;
    assert.deepEqual(
      {
        ...extract,
        id: "",
        submitted: "",
        ended: "",
        attempts: extract?.attempts.map((one) => ({ ...one, started: "", ended: "" })),
      },
      {
        id: "",
        name: "Extract",
        queue: "high",
        definition: "plan",
        vcpus: 1,
        state: "Extract",
        status: "SUCCEEDED",
        statusReason: "Essential container in task exited",
        submitted: "",
        ended: "",
        attempts: [
          {
            attempt: 1,
            computeEnvironment: "ce",
            started: "",
            ended: "",
            exitCode: 0,
            reason: undefined,
            statusReason: "Essential container in task exited",
            log: "logs/Extract-1.log",
            lastErrorLine: undefined,
            ...(peakMemoryMiB === undefined ? {} : { peakMemoryMiB, memoryMiB: 512 }),
          },
        ],
      },
    );
    assert.deepEqual(
      record.jobs.filter(({ name }) => name === "Encode").map(({ arraySize, arrayIndex }) => [arraySize, arrayIndex]),
      [
        [2, undefined],
        [undefined, 0],
        [undefined, 1],
      ],
    );
    assert.deepEqual(
      record.notifications.map(({ topic, subject, message }) => [topic, subject, message]),
      [[TOPIC, "Done", JSON.stringify({ input: `file://${video}` })]],
    );
    assert.ok(events.some((event) => event.type === "attemptProgress" && event.percent === 100));
    assert.deepEqual([events[0]?.type, events.at(-1)?.type], ["executionStarted", "executionEnded"]);
  });

  it("retries a killed process according to the job definition", async () => {
    const features = script(`
      fs.appendFileSync(out + "/tries", process.env.AWS_BATCH_JOB_ATTEMPT);
      if (process.env.AWS_BATCH_JOB_ATTEMPT === "1") process.kill(process.pid, "SIGKILL");
    `);
    const record = await run({ synthesis: program({ features }) });
    assert.equal(record.status, "SUCCEEDED");
    assert.equal(readFileSync(join(outDir, "output", "tries"), "utf8"), "12");
    const attempts = record.jobs.find(({ name }) => name === "Features")?.attempts;
    assert.deepEqual(
      attempts?.map(({ exitCode, log }) => [exitCode, log]),
      [
        [137, "logs/Features-1.log"],
        [0, "logs/Features-2.log"],
      ],
    );
  });

  it("names the failed job and the cause in the worker's own sentence", async () => {
    const plan = script(
      `console.error("details"); console.error("my clip has no video stream."); process.exitCode = 2;`,
    );
    const record = await run({ synthesis: program({ plan }) });
    const { status, error, cause, failure } = saved();
    assert.deepEqual(
      { status, error, cause, failure },
      {
        status: "FAILED",
        error: "PipelineFailed",
        cause: "States.TaskFailed",
        failure: {
          state: "Extract",
          job: "Extract",
          explanation: "my clip has no video stream.",
          log: "logs/Extract-1.log",
        },
      },
    );
    assert.equal(record.jobs[0]?.attempts.length, 1);
    assert.deepEqual(states(record), [
      "Start succeeded",
      "Whole caught",
      "Extract failed",
      "Notify Failure succeeded",
      "Failed failed",
    ]);
    assert.deepEqual(
      record.notifications.map(({ subject, message }) => [subject, message]),
      [["Failed", "States.TaskFailed"]],
    );
    const extract = record.states.find(({ name }) => name === "Extract");
    assert.equal((JSON.parse(extract?.cause as string) as { Status: string }).Status, "FAILED");
  });

  it("stops the siblings of a failed child of an array job, and reports that child's failure", async () => {
    const encode = script(`
      if (process.env.AWS_BATCH_JOB_ARRAY_INDEX === "1") { console.error("Chunk 1 is broken."); process.exitCode = 2; }
    `);
    const features = ["sleep", "600"];
    const { failure, jobs } = await run({ synthesis: program({ encode, features }), maxVcpus: 3 });
    assert.deepEqual(failure, {
      state: "Encode",
      job: "Encode",
      explanation: "Chunk 1 is broken.",
      log: "logs/Encode-1-1.log",
    });
    const sleeping = jobs.find(({ name }) => name === "Features");
    assert.deepEqual([sleeping?.statusReason, sleeping?.attempts[0]?.exitCode], ["Another branch failed.", 143]);
  });

  it("ends every process when it is aborted, even those that ignore SIGTERM, and reports it", async () => {
    const plan = ["sh", "-c", `trap '' TERM; sleep 600 & echo "$!" > '${folder}/pid'; while :; do sleep 1; done`];
    const abort = new AbortController();
    const running = run({ synthesis: program({ plan }), signal: abort.signal, abortGraceSeconds: 0.2 });
    await until(
      () => existsSync(join(folder, "pid")) && readFileSync(join(folder, "pid"), "utf8") !== "",
      () => "the job has not started",
    );
    assert.equal(saved().status, "RUNNING");
    abort.abort("The run was stopped by Ctrl-C.");
    const record = await running;
    assert.deepEqual(
      [saved().status, saved().cause, saved().failure],
      ["ABORTED", "The run was stopped by Ctrl-C.", { explanation: "The run was stopped by Ctrl-C." }],
    );
    assert.equal(record.jobs[0]?.attempts[0]?.exitCode, 137);
    await gone(Number(readFileSync(join(folder, "pid"), "utf8")));
  });

  it("runs on a virtual clock with scripted jobs, so that hours take a moment", async () => {
    const clock = new VirtualClock(0);
    mkdirSync(join(outDir, "output"), { recursive: true });
    writeFileSync(join(outDir, "output", "plan.json"), '{"chunks": 10}');
    writeFileSync(join(outDir, "run.json"), '{"tool": "video-batch-pipeline", "status": "FAILED"}');
    const launcher = new ScriptedLauncher(clock, () => ({ seconds: 50 }));
    const { status, started, ended } = await run({ clock, launcher, maxVcpus: 1 });
    assert.deepEqual([status, started, ended], ["TIMED_OUT", "1970-01-01T00:00:00.000Z", "1970-01-01T00:10:00.000Z"]);
    const again = await run({ clock, launcher, maxVcpus: 4 });
    // 50 s for the plan, then 11 jobs of 1 vCPU on 4 vCPUs.
    assert.deepEqual([again.status, again.ended], ["SUCCEEDED", "1970-01-01T00:13:20.000Z"]);
  });

  it("passes faults of the services to the definition", async () => {
    const { status, failure } = await run({ fail: ["Read Plan:kind=denied"] });
    const explanation = "Access Denied (Service: S3, Status Code: 403)";
    assert.deepEqual([status, failure], ["FAILED", { state: "Read Plan", explanation }]);
  });

  it("reuses the folder of an earlier run: the output stays, record and logs are new", async () => {
    await run();
    writeFileSync(join(outDir, "logs", "old.log"), "");
    writeFileSync(join(outDir, "output", "kept"), "");
    const { execution } = saved();
    await run();
    assert.notEqual(saved().execution, execution);
    assert.ok(!existsSync(join(outDir, "logs", "old.log")));
    assert.ok(existsSync(join(outDir, "output", "kept")));
  });

  it("keeps the output of another video, and says so", async () => {
    await run();
    const before = saved();
    const other = join(folder, "other.mp4");
    writeFileSync(other, "video");
    await assert.rejects(run({ video: other }), {
      name: "UsageError",
      message: `The folder ${outDir} has the output of another video, ${video}, which this run would delete. Choose another folder with --out, or delete this one.`,
    });
    assert.deepEqual(saved(), before);
  });

  describe("refuses before anything is written", () => {
    const refused = async (message: string, more: Partial<RunOptions>): Promise<void> => {
      await assert.rejects(run(more), { name: "UsageError", message });
      assert.deepEqual(events, []);
    };

    it("a video that doesn't exist", () =>
      refused(`The video ${folder}/none.mp4 doesn't exist.`, { video: join(folder, "none.mp4") }));
    it("a video that is a folder", () => refused(`The video ${folder} isn't a file.`, { video: folder }));
    it("a folder with other files", () =>
      refused(
        `The folder ${folder} contains files that don't belong to an earlier run. Choose a folder that is empty or doesn't exist.`,
        { outDir: folder },
      ));
    it("a folder that is a file", async () => {
      await assert.rejects(
        run({ outDir: video }),
        /^UsageError: .*my clip's 100%\.mp4 can't be used as the folder of a run: ENOTDIR/,
      );
    });
    it("a folder that another run is using", async () => {
      mkdirSync(outDir);
      writeFileSync(
        join(outDir, "run.json"),
        JSON.stringify({ tool: "video-batch-pipeline", status: "RUNNING", pid: 1 }),
      );
      await refused(`Another run (process 1) is using ${outDir}. Wait until it ends, or choose another folder.`, {});
    });
    it("a worker that was not built", async () => {
      await refused(`The worker ${folder}/worker.cjs is missing. Build it with: node scripts/bundle-worker.mjs`, {
        synthesis: program({ plan: ["worker", "metadata"] }),
        workerBundle: join(folder, "worker.cjs"),
      });
      assert.ok(!existsSync(outDir));
    });
    it("programs with which the worker can do nothing", async () => {
      const workerBundle = join(folder, "worker.cjs");
      writeFileSync(workerBundle, "console.error(`${process.argv[2]}: ffmpeg is missing.`); process.exitCode = 2;");
      const synthesis = program({ plan: ["worker", "metadata"] });
      await refused("check: ffmpeg is missing.", { synthesis, workerBundle });
      // What is not the reader's to put right comes with its place in the code.
      writeFileSync(workerBundle, "console.error('TypeError: x is not a function'); process.exitCode = 1;");
      await assert.rejects(run({ synthesis, workerBundle }), {
        name: "Error",
        message: "TypeError: x is not a function",
      });
      assert.ok(!existsSync(outDir));
    });
    it("a definition that it cannot run", async () => {
      const unsupported = synthesis(stateMachine({ StartAt: "Z", States: { Z: { Type: "Succeed" } } }));
      await assert.rejects(run({ synthesis: unsupported }), {
        name: "UnsupportedDefinition",
        message: `The state machine cannot run here:\n  State 'Z': QueryLanguage is "JSONPath". Only "JSONata" runs here.`,
      });
      assert.ok(!existsSync(outDir));
    });
  });
});
