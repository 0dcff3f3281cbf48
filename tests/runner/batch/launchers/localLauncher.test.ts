import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Launch, ProcessEnd, RunningProcess } from "../../../../runner/batch/launchers/launcher";
import { LocalLauncher } from "../../../../runner/batch/launchers/localLauncher";
import { SystemClock } from "../../../../runner/clock/clock";
import { gone, isAlive } from "../../../support/processes";
import { until } from "../../../support/until";

describe("LocalLauncher", () => {
  const clock = new SystemClock();
  let folder: string;
  let launcher: LocalLauncher;
  let progress: number[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "launcher-test-"));
    launcher = new LocalLauncher({ logs: join(folder, "logs"), clock, workerBundle: join(folder, "worker.cjs") });
    progress = [];
  });
  afterEach(() => {
    launcher.killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const launch = (command: string[], more: Partial<Launch> = {}): RunningProcess =>
    launcher.launch({
      jobId: "1",
      jobName: "Job",
      attempt: 1,
      command,
      environment: {},
      onProgress: (percent) => progress.push(percent),
      ...more,
    });
  const node = (script: string, more?: Partial<Launch>): RunningProcess =>
    launch([process.execPath, "-e", script], more);

  /** How a process ended, without its memory, which is measured only if it runs for long enough. */
  const endOf = async (process: RunningProcess): Promise<ProcessEnd> => {
    const end = { ...(await process.ended) };
    delete end.peakMemoryMiB;
    return end;
  };

  /** Waits until a file in the test's folder exists, and returns its content. */
  const written = async (name: string): Promise<string> => {
    await until(
      () => existsSync(join(folder, name)),
      () => `${name} was not written`,
    );
    return readFileSync(join(folder, name), "utf8");
  };

  it("gives jobs this machine's region instead of their definition's, if it is told", async () => {
    const environment = { AWS_REGION: "us-east-1" };
    const script = "process.stderr.write(process.env.AWS_REGION)";
    assert.equal((await node(script, { environment }).ended).lastErrorLine, "us-east-1");
    launcher = new LocalLauncher({ logs: join(folder, "logs"), clock, region: "eu-west-1" });
    assert.equal((await node(script, { environment, jobName: "There" }).ended).lastErrorLine, "eu-west-1");
  });

  it("writes both outputs to one log, reports progress, and returns the last line of stderr", async () => {
    const process = node(`
      const { writeSync } = require("node:fs");
      writeSync(1, "progress 5%\\nhello\\nprogress 101%\\nprogr");
      writeSync(2, "first\\n");
      setTimeout(() => {
        writeSync(1, "ess 50%\\n");
        writeSync(2, "clip.mp4 has no video stream \\u2013 nothing to do.\\n\\n");
        process.exitCode = 2;
      }, 50);
    `);
    assert.deepEqual(await endOf(process), {
      exitCode: 2,
      started: true,
      lastErrorLine: "clip.mp4 has no video stream – nothing to do.",
    });
    assert.deepEqual(progress, [5, 50]);
    assert.equal(process.log, join(folder, "logs", "Job-1.log"));
    const lines = readFileSync(process.log, "utf8").split("\n");
    assert.deepEqual(lines.filter(Boolean).sort(), [
      "clip.mp4 has no video stream – nothing to do.",
      "first",
      "hello",
      "progress 101%",
      "progress 5%",
      "progress 50%",
    ]);
  });

  it("reports events that a job prints instead of sending them, if EventBridge would take them", async () => {
    const entry = { EventBusName: "media", Source: "ours", DetailType: "Done", Detail: "{}", Resources: [] };
    const lines = [entry, { ...entry, Source: "aws.s3" }].map((each) => `event ${JSON.stringify(each)}`);
    const events: unknown[] = [];
    const script = `if (process.env.VIDEO_BATCH_PRINT_EVENTS) console.log(${JSON.stringify([...lines, "event {a"].join("\n"))});`;
    const run = node(script, { onEvent: (event) => events.push(event) });
    await run.ended;
    assert.deepEqual(events, [entry]);
    assert.deepEqual(
      readFileSync(run.log as string, "utf8")
        .trimEnd()
        .split("\n"),
      [...lines, "EventBridge would refuse this event. Not authorized for the source.", "event {a"],
    );
  });

  it("takes no words about progress for the last that a job said", async () => {
    const script = "console.error('No disk.'); console.error('progress 40%'); console.error('playable 720p');";
    assert.equal((await node(script).ended).lastErrorLine, "No disk.");
  });

  it("names logs by job, index and attempt, and overwrites none", async () => {
    const runs = [
      launch(["true"]),
      launch(["true"], { attempt: 2 }),
      launch(["true"], { arrayIndex: 3 }),
      launch(["true"]),
    ];
    await Promise.all(runs.map(({ ended }) => ended));
    assert.deepEqual(readdirSync(join(folder, "logs")).sort(), [
      "Job-1.log",
      "Job-1~2.log",
      "Job-2.log",
      "Job-3-1.log",
    ]);
  });

  it("passes arguments unchanged, without a shell", async () => {
    const words = ["a b", "$HOME", "`id`", "'; rm -rf x", "*", ""];
    const process = launch([...["printf", "%s\\n"], ...words]);
    assert.deepEqual(await endOf(process), { exitCode: 0, started: true });
    assert.deepEqual(
      readFileSync(process.log as string, "utf8")
        .split("\n")
        .slice(0, -1),
      words,
    );
  });

  it("passes only the user's variables for programs and credentials", async () => {
    const added = {
      SECRET_OF_THE_USER: "1",
      AWS_PROFILE: "video",
      FFMPEG_PATH: "/opt/ffmpeg",
      FFPROBE_PATH: "/opt/ffprobe",
      AWS_BATCH_JOB_ID: "of the runner",
      NODE_OPTIONS: "",
    };
    const before = Object.fromEntries(Object.keys(added).map((name) => [name, process.env[name]]));
    Object.assign(process.env, added);
    try {
      const run = launch(["env"], { environment: { JOB: "x", AWS_BATCH_JOB_ATTEMPT: "1" } });
      await run.ended;
      const names = readFileSync(run.log as string, "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => line.split("=")[0]);
      const passed = "PATH|HOME|LANG|FFMPEG_PATH|FFPROBE_PATH|AWS_(?!BATCH_).*";
      const allowed = new RegExp(`^(${passed}|TMPDIR|JOB|AWS_BATCH_JOB_ATTEMPT|VIDEO_BATCH_PRINT_EVENTS)$`);
      assert.deepEqual(
        names.filter((name) => !allowed.test(name as string)),
        [],
      );
      for (const name of ["PATH", "FFMPEG_PATH", "FFPROBE_PATH", "TMPDIR", "JOB", "AWS_PROFILE"])
        assert.ok(names.includes(name), name);
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it("gives every attempt an empty folder for temporary files, and removes it", async () => {
    const process = node(`
      const fs = require("node:fs"), os = require("node:os");
      console.log(JSON.stringify([os.tmpdir(), process.cwd(), fs.readdirSync(os.tmpdir())]));
      fs.writeFileSync(os.tmpdir() + "/left", "x");
    `);
    await process.ended;
    const [tmp, cwd, content] = JSON.parse(readFileSync(process.log as string, "utf8")) as [string, string, string[]];
    assert.deepEqual([cwd, content, existsSync(tmp)], [tmp, [], false]);
  });

  it("runs the worker's bundle for the command word worker", async () => {
    writeFileSync(join(folder, "worker.cjs"), "console.log(process.argv.slice(2).join());");
    const process = launch(["worker", "metadata", "--input", "file:///a"]);
    assert.deepEqual(await endOf(process), { exitCode: 0, started: true });
    assert.equal(readFileSync(process.log as string, "utf8"), "metadata,--input,file:///a\n");
  });

  it("reports a missing executable as a container that did not start", async () => {
    const process = launch(["no-such-program", "x"]);
    const reason = `CannotStartContainerError: "no-such-program" is not an executable on this machine's PATH.`;
    assert.deepEqual(await endOf(process), { exitCode: 127, reason, started: false });
    assert.equal(readFileSync(process.log as string, "utf8"), `${reason}\n`);
  });

  it("reports a death by signal n as exit code 128 + n", async () => {
    assert.equal((await node("process.kill(process.pid, 'SIGKILL')").ended).exitCode, 137);
    assert.equal((await node("process.kill(process.pid, 'SIGTERM')").ended).exitCode, 143);
  });

  it("kills the children of the process with it", async () => {
    const run = launch([
      "sh",
      "-c",
      `sleep 600 & echo $! > ${folder}/pid.tmp; mv ${folder}/pid.tmp ${folder}/pid; wait`,
    ]);
    const child = Number(await written("pid"));
    assert.ok(isAlive(child));
    run.kill("SIGTERM");
    assert.equal((await run.ended).exitCode, 143);
    await gone(child);
  });

  it("kills the descendants that a process leaves behind, and does not wait for them", async () => {
    const run = launch(["sh", "-c", `sleep 600 & echo $! > ${folder}/pid`]);
    assert.equal((await run.ended).exitCode, 0);
    await gone(Number(await written("pid")));
  });

  it("lets a process handle SIGTERM, and ends one that ignores it with SIGKILL", async () => {
    const write = (name: string): string =>
      `require("node:fs").writeFileSync(${JSON.stringify(join(folder, name))}, "");`;
    const ready = `${write("ready")} setInterval(() => {}, 1000);`;
    const polite = node(`process.on("SIGTERM", () => { console.error("stopped"); process.exit(7); }); ${ready}`);
    await written("ready");
    polite.kill("SIGTERM");
    assert.deepEqual(await endOf(polite), { exitCode: 7, started: true, lastErrorLine: "stopped" });

    rmSync(join(folder, "ready"));
    const stubborn = node(`process.on("SIGTERM", () => { ${write("ignored")} }); ${ready}`);
    await written("ready");
    stubborn.kill("SIGTERM");
    await written("ignored");
    stubborn.kill("SIGKILL");
    assert.equal((await stubborn.ended).exitCode, 137);
  });

  it("leaves no processes behind when it is killed itself, even if a job ignores SIGTERM", async () => {
    const root = join(__dirname, "../../../..");
    const stubborn = `trap "" TERM; echo $$ > ${folder}/pid.tmp; mv ${folder}/pid.tmp ${folder}/pid; sleep 600; sleep 600`;
    const runner = spawn(
      process.execPath,
      [
        ...["-r", join(root, "scripts/ts-node.cjs"), "-e"],
        `const { LocalLauncher } = require(${JSON.stringify(join(root, "runner/batch/launchers/localLauncher.ts"))});
        new LocalLauncher({ logs: ${JSON.stringify(join(folder, "logs"))} }).launch(
          { jobName: "Job", attempt: 1, command: ["sh", "-c", ${JSON.stringify(stubborn)}], environment: {} });`,
      ],
      { stdio: "inherit", env: { ...process.env, TMPDIR: folder } },
    );
    const job = Number(await written("pid"));
    const scratches = (): string[] => readdirSync(folder).filter((name) => name.startsWith("video-batch-job-"));
    assert.equal(scratches().length, 1);
    runner.kill("SIGKILL");
    await gone(job);
    await until(
      () => scratches().length === 0,
      () => "its temporary files are still there",
    );
  });

  it("kills everything at once", async () => {
    const runs = [launch(["sleep", "600"]), launch(["sleep", "600"])];
    launcher.killAll();
    assert.deepEqual(
      (await Promise.all(runs.map(({ ended }) => ended))).map(({ exitCode }) => exitCode),
      [137, 137],
    );
  });
});
