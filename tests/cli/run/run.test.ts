import assert from "node:assert/strict";
import { execFileSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import type { Page } from "playwright-core";

import type { RunRecord } from "../../../contract/run";
import { openBrowser } from "../../support/browser";
import { cli, ROOT, startCli } from "../../support/commandLine";
import { noneNames, processesNaming } from "../../support/processes";

const SECONDS = 12;
const RATE = 2;
const FRAMES = RATE * SECONDS;

describe("run", () => {
  let directory: string;
  let clip: string;

  before(() => {
    directory = mkdtempSync(path.join(tmpdir(), "run-"));
    clip = path.join(directory, "clip.mp4");
    ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=size=1280x720:rate=${RATE}:duration=${SECONDS}`],
      ...["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${SECONDS}`],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", `${RATE}`, "-c:a", "aac", clip],
    ]);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  function out(name: string): { dir: string; output: string; record: () => RunRecord } {
    const dir = path.join(directory, name);
    return {
      dir,
      output: path.join(dir, "output"),
      record: () => JSON.parse(readFileSync(path.join(dir, "run.json"), "utf8")) as RunRecord,
    };
  }

  it("encodes the renditions that are not larger than a 720p video, frame by frame", async () => {
    const { dir, output, record } = out("whole");
    const { code, stdout, stderr } = await cli(["run", clip, "--stack", "dev", "--out", dir]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n"), [
      path.join(output, "hls", "master.m3u8"),
      path.join(output, "manifest.json"),
      path.join(dir, "run.json"),
    ]);
    assert.match(stderr, /^ +[\d.]+ s {2}Transcode_720p-1 +waiting in videos-high-queue$/m);
    assert.match(stderr, /^ +[\d.]+ s {2}Transcode_720p-2 +waiting in videos-low-queue$/m);
    assert.match(stderr, /^Succeeded after [\d.]+ s\.$/m);
    assert.match(stderr, /^The first second was playable after [\d.]+ s\.$/m);
    assert.match(stderr, new RegExp(`^View it with: .+ view ${escape(dir)}$`, "m"));

    assert.deepEqual(readdirSync(path.join(output, "mp4")).sort(), ["480p.mp4", "720p.mp4"]);
    assert.deepEqual(frameCounts(path.join(output, "hls", "master.m3u8")), { 720: FRAMES, 480: FRAMES });
    assert.deepEqual(frameCounts(path.join(output, "mp4", "480p.mp4")), { 480: FRAMES });

    const { status, jobs, notifications, states, playable, secondsToFirstPlayable, secondsToComplete } = record();
    assert.equal(status, "SUCCEEDED");
    assert.deepEqual(playable?.map(({ rendition }) => rendition).sort(), ["480p", "720p"]);
    assert.ok(secondsToFirstPlayable! > 0 && secondsToFirstPlayable! < secondsToComplete!);
    assert.match(readFileSync(path.join(dir, "report.html"), "utf8"), /<dt>Playable<\/dt><dd>after [\d.]+ s<\/dd>/);
    const transcodes = jobs.map(({ state, queue }) => `${state} on ${queue}`).filter((job) => /_\d/.test(job));
    assert.deepEqual(transcodes.sort(), [
      "Transcode_480p-1 on videos-high-queue",
      "Transcode_480p-2 on videos-low-queue",
      "Transcode_720p-1 on videos-high-queue",
      "Transcode_720p-2 on videos-low-queue",
    ]);
    assert.equal(states.at(-1)?.name, "Notify Success");
    if (process.platform === "linux") {
      const [encode] = jobs.filter(({ state }) => state === "Transcode_720p-1").flatMap(({ attempts }) => attempts);
      assert.ok(encode!.peakMemoryMiB! > 60, `the worker and ffmpeg need ${encode!.peakMemoryMiB} MiB`);
      assert.equal(encode!.memoryMiB, 2048, "for 480p too, which it encodes with 720p");
    }
    assert.equal((JSON.parse(notifications[0]!.message) as { status: string }).status, "SUCCEEDED");
    assert.equal(notifications.length, 1);
  });

  it("keeps finished work when it runs again, and goes on when nobody reads what it prints", async () => {
    const { dir, output, record } = out("whole");
    const { execution } = record();
    const before = modified(output);
    const args = ["run", clip, "--stack", "dev", "--out", dir, "--json", "--fail", "Transcode_720p-1:attempt=1"];
    const { child, result } = startCli(args);
    child.stderr!.destroy();
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { code, stdout } = await result;
    assert.equal(code, 0);
    assert.ok(stdout.split("\n").length < 20, stdout);
    assert.deepEqual(modified(output), before);
    const { status, unusedFaults } = record();
    assert.notEqual(record().execution, execution);
    assert.deepEqual([status, unusedFaults], ["SUCCEEDED", ["--fail Transcode_720p-1:attempt=1"]]);
  });

  it("retries a job whose ffmpeg is killed, with the same output", async () => {
    const { dir, output, record } = out("killed");
    const bin = mkdtempSync(path.join(directory, "bin-"));
    const real = execFileSync("which", ["ffmpeg"], { encoding: "utf8" }).trim();
    // The first encode to 480 lines is killed in the middle of its work, as the kernel does when memory is short.
    writeFileSync(
      path.join(bin, "ffmpeg"),
      `#!/bin/sh
case "$*" in *=854:480*) if mkdir "${bin}/done" 2>/dev/null; then
  "${real}" "$@" & sleep 0.2; kill -KILL $!; wait $!; exit 137
fi;; esac
exec "${real}" "$@"
`,
      { mode: 0o755 },
    );
    const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
    const { code, stderr } = await startCli(["run", clip, "--stack", "dev", "--out", dir], env).result;
    assert.equal(code, 0, stderr);
    assert.ok(existsSync(path.join(bin, "done")));
    const attempts = record().jobs.filter(({ attempts }) => attempts.length > 1);
    assert.deepEqual(
      attempts.map(({ state, attempts }) => [state, attempts.map(({ exitCode }) => exitCode)]),
      [["Transcode_480p-1", [1, 0]]],
    );
    assert.deepEqual(segments(output), segments(out("whole").output));
  });

  it("writes a report that a browser shows and plays from disk, and with the ladder from `view`", async () => {
    const browser = await openBrowser();
    const { dir, record } = out("killed");
    const { child, result } = startCli(["view", dir, "--no-open"]);
    const served = await printedAddress(child);
    try {
      const wrong: string[] = [];
      const page = await browser.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") wrong.push(message.text());
      });
      page.on("pageerror", (error) => wrong.push(String(error)));
      page.on("requestfailed", (request) => {
        // Switching to another video aborts the request for the first one.
        if (!request.url().endsWith(".mp4")) wrong.push(`${request.url()} failed`);
      });
      const attempts = record().jobs.reduce((sum, job) => sum + job.attempts.length, 0);
      for (const [address, source] of [
        [pathToFileURL(path.join(dir, "report.html")).href, "480p.mp4"],
        [served, "blob:"],
      ] as const) {
        await page.goto(address);
        assert.equal(await page.locator(".attempt").count(), attempts);
        assert.equal(await page.locator(".attempt.failed").count(), 1);
        if (source === "480p.mp4") await page.selectOption("#choice", { index: 1 });
        // The code runs in the browser, and this program does not have its types.
        await page.evaluate("document.querySelector('video').muted = true, document.querySelector('video').play()");
        await becomesTrue(page, "document.querySelector('video').currentTime > 0.3");
        const playing = await page.evaluate<string>("document.querySelector('video').currentSrc");
        assert.ok(playing.includes(source), playing);
      }
      assert.equal(await page.locator("#choice").inputValue(), `${served}output/hls/master.m3u8`);
      await becomesTrue(page, "/^HLS, now \\d+p$/.test(document.querySelector('#player-note').textContent)");
      assert.deepEqual(wrong, []);
    } finally {
      child.kill("SIGINT");
      await browser.close();
    }
    assert.deepEqual(await result, {
      code: 0,
      stdout: `${served}\n`,
      stderr: "Press Ctrl-C to stop.\n",
    });
  });

  it("fails on a file that is not a video, with one sentence and a notice", async () => {
    const { dir, output, record } = out("text");
    const text = path.join(directory, "text.mp4");
    writeFileSync(text, "This is not a video.\n");
    const { code, stdout, stderr } = await cli(["run", text, "--stack", "dev", "--out", dir]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    const sentence = `"text.mp4" isn't a video file: it has no format that ffprobe can read.`;
    assert.match(stderr, new RegExp(`^Failed in Extract Metadata after [\\d.]+ s: ${escape(sentence)}$`, "m"));
    const { status, failure, jobs, notifications } = record();
    assert.equal(status, "FAILED");
    assert.deepEqual(failure, {
      state: "Extract Metadata",
      job: "videos-ExtractMetadata",
      explanation: sentence,
      log: "logs/videos-ExtractMetadata-1.log",
    });
    assert.deepEqual(
      jobs.map(({ attempts }) => attempts.map(({ exitCode }) => exitCode)),
      [[2]],
    );
    assert.equal(notifications.length, 1);
    assert.equal(notifications[0]?.subject, "Video failed at Extract Metadata: text.mp4 - videos");
    assert.equal(
      (JSON.parse(notifications[0]?.message ?? "") as Record<string, unknown>)["summary"],
      `text.mp4: Extract Metadata failed: ${sentence} (exit code 2 after 1 attempt. Essential container in task exited)`,
    );
    assert.ok(!existsSync(path.join(output, "manifest.json")));
    assert.ok(!stderr.includes("To resume it"), "it can never work");
  });

  it("ends every process when it is interrupted, and reports the interruption", async () => {
    const { dir, record } = out("interrupted");
    const { child, result } = startCli(["run", clip, "--stack", "dev", "--out", dir]);
    await new Promise<void>((resolve) => {
      child.stderr!.on("data", (text: string) => {
        if (/Transcode_720p-1 +running/.test(text)) resolve();
      });
    });
    child.kill("SIGINT");
    const { code, stderr } = await result;
    assert.equal(code, 1);
    assert.match(stderr, /^Stopped after [\d.]+ s: Stopped by SIGINT\.$/m);
    assert.match(stderr, new RegExp(`^To resume it: npx video-batch-pipeline run --resume ${escape(dir)}$`, "m"));
    const { status, cause, notifications } = record();
    assert.deepEqual(
      { status, cause, notifications },
      { status: "ABORTED", cause: "Stopped by SIGINT.", notifications: [] },
    );
    assert.deepEqual(processesNaming(dir), []);
  });

  it("resumes after it was killed, with the output of an undisturbed run", async () => {
    const { dir, output, record } = out("resumed");
    const { child, result } = startCli(["run", clip, "--stack", "dev", "--out", dir]);
    await new Promise<void>((resolve) => {
      child.stderr!.on("data", (text: string) => {
        if (/Transcode_720p-1 +succeeded/.test(text)) resolve();
      });
    });
    child.kill("SIGKILL");
    await result;
    await noneNames(directory);
    const { execution, status } = record();
    assert.equal(status, "RUNNING");
    const elsewhere = mkdtempSync(path.join(directory, "elsewhere-"));
    const { code, stderr } = await cli(["run", "--resume", dir], elsewhere);
    assert.equal(code, 0, stderr);
    assert.match(stderr, new RegExp(`^Resuming the run of ${escape(clip)}\\.$`, "m"));
    const { continues, start } = record();
    assert.deepEqual([start.video, start.program], [clip, { directory: ROOT, stack: "dev" }]);
    assert.deepEqual(
      continues?.map((earlier) => [earlier.record, earlier.execution, earlier.status]),
      [["earlier/1/run.json", execution, "ABORTED"]],
    );
    assert.deepEqual(segments(output), segments(out("whole").output));
    const manifest = (of: string): string => readFileSync(path.join(of, "manifest.json"), "utf8");
    assert.equal(manifest(output), manifest(out("whole").output));
  });

  it("runs a program with the user's own containers", async () => {
    const { dir, record } = out("tutorial");
    const program = path.join(ROOT, "examples", "tutorial");
    const { code, stdout, stderr } = await cli(["run", clip, "--program", program, "--out", dir]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n"), [path.join(dir, "run.json")]);
    const { jobs } = record();
    const said = jobs.map(({ attempts }) => readFileSync(path.join(dir, attempts[0]!.log!), "utf8").trim());
    assert.deepEqual(said.sort(), [
      "extracting metadata from video",
      "performing video feature extraction",
      ...Array<string>(8).fill("performing video transcoding job"),
    ]);
  });
});

/** The address that a process has printed. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout!.once("data", (text: string) => resolve(text.trim())));
}

/** Asks again and again, because the page's policy allows no evaluation from within the page. */
async function becomesTrue(page: Page, expression: string): Promise<void> {
  for (const limit = Date.now() + 50_000; !(await page.evaluate<boolean>(expression)); await sleep(50)) {
    assert.ok(Date.now() < limit, `${expression} did not become true`);
  }
}

function ffmpeg(args: string[]): void {
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args]);
}

/** Numbers of decoded frames per video stream, by height. ffprobe lists a playlist's streams twice, once in programs. */
function frameCounts(file: string): Record<string, number> {
  const fields = ["-show_entries", "stream=height,nb_read_frames", "-of", "json"];
  const probed = execFileSync("ffprobe", ["-v", "error", "-count_frames", "-select_streams", "v", ...fields, file]);
  const { streams } = JSON.parse(probed.toString()) as { streams: { height: number; nb_read_frames: string }[] };
  return Object.fromEntries(streams.map(({ height, nb_read_frames }) => [height, Number(nb_read_frames)]));
}

/** The bytes of every media file. */
function segments(output: string): Record<string, string> {
  return media(output, (file) => readFileSync(file).toString("base64"));
}

/** Modification time of every media file. */
function modified(output: string): Record<string, number> {
  return media(output, (file) => statSync(file).mtimeMs);
}

function media<T>(output: string, read: (file: string) => T): Record<string, T> {
  const hls = path.join(output, "hls");
  const files = readdirSync(hls, { recursive: true, encoding: "utf8" }).filter((file) => /\.(m4s|mp4)$/.test(file));
  assert.ok(files.length > 0);
  return Object.fromEntries(files.sort().map((file) => [file, read(path.join(hls, file))]));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
