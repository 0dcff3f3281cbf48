import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { remedy } from "../../worker/ffmpeg/remedy";
import type { Manifest } from "../../contract/manifest";
import { filesOf } from "../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../support/clips";
import { called } from "../support/otherFfmpeg";
import { buildWorker, LADDER, WorkerRuns } from "./workerProcess";

/** As `ps` shows it; empty when there is no such process. */
async function processState(pid: string): Promise<string> {
  const ps = promisify(execFile)("ps", ["-o", "stat=", "-p", pid.trim()]);
  return ps.then(({ stdout }) => stdout.trim()).catch(() => "");
}

const AWKWARD = '-it\'s 100% "#1"\n%d.mp4';

describe("the worker's jobs", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  let worker: WorkerRuns;
  /** What the names of media and records end with. */
  let mark: string;
  let soundMark: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
    const clip = await makeClip(join(path, AWKWARD), { seconds: 3, sound: true });
    worker = new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, "out %d #2")}`);
    await worker.all();
    mark = await worker.mark("90p/1-00000");
    soundMark = await worker.mark("audio");
  });
  after(() => remove());

  const modified = async (name: string): Promise<bigint> => (await stat(worker.path(name), { bigint: true })).mtimeNs;

  it("publish what the manifest lists, and nothing half-written", async () => {
    const manifest = await worker.json<Manifest>("manifest.json");
    const files = filesOf(manifest);
    assert.deepEqual(files.map((file) => file.path).sort(), [
      "features/poster.jpg",
      "features/scenes.json",
      "features/sprite.jpg",
      "features/thumbnails.vtt",
      "hls/90p/iframes.m3u8",
      "hls/90p/playlist.m3u8",
      "hls/audio/playlist.m3u8",
      "hls/master.m3u8",
      "mp4/90p.mp4",
    ]);
    for (const file of files) assert.equal((await stat(worker.path(file.path))).size, file.bytes, file.path);
    assert.deepEqual(
      manifest.renditions.map(({ name, width, height, frames, codec, durationSeconds }) => [
        ...[name, width, height, frames, codec, durationSeconds],
      ]),
      [["90p", 160, 90, 75, "avc1.42c014", 3]],
    );
    assert.deepEqual(
      manifest.audio?.map(({ name, codec }) => [name, codec]),
      [["audio", "mp4a.40.2"]],
    );
    const everything = await readdir(worker.path(""), { recursive: true });
    assert.deepEqual(
      everything.filter((name) => name.includes("partial")),
      [],
    );
  });

  it("make a poster, thumbnails and scene changes", async () => {
    // With a format that has no name patterns: in a picture's path ffprobe would take the % for one.
    const size = (name: string) => ffprobe(worker.path(`features/${name}`), "stream=width,height", "-f", "jpeg_pipe");
    assert.deepEqual(await size("poster.jpg"), [["160", "90"]]);
    assert.deepEqual(await size("sprite.jpg"), [["480", "90"]]);
    assert.equal(
      await readFile(worker.path("features/thumbnails.vtt"), "utf8"),
      `WEBVTT

00:00:00.000 --> 00:00:01.000
sprite.jpg#xywh=0,0,160,90

00:00:01.000 --> 00:00:02.000
sprite.jpg#xywh=160,0,160,90

00:00:02.000 --> 00:00:03.000
sprite.jpg#xywh=320,0,160,90
`,
    );
    assert.deepEqual(await worker.json("features/scenes.json"), {
      version: 1,
      threshold: 0.3,
      durationSeconds: 3,
      changes: [],
    });
  });

  it("keep finished work when they are run again", async () => {
    const names = [
      (await worker.firstSegment("90p/2-00001")).file,
      (await worker.firstSegment("audio")).file,
      "features/poster.jpg",
      "mp4/90p.mp4",
    ];
    const before = await Promise.all(names.map(modified));
    await worker.all();
    assert.deepEqual(await Promise.all(names.map(modified)), before);
  });

  it("give the same bytes when work is lost", async () => {
    const names = [
      (await worker.firstSegment("90p/2-00000")).file,
      `hls/90p/init-${mark}.mp4`,
      `work/90p/2-00000-${mark}.json`,
      `hls/audio/init-${soundMark}.mp4`,
    ];
    const read = () => Promise.all(names.map((name) => readFile(worker.path(name))));
    const before = await read();
    for (const name of names) await rm(worker.path(name));
    assert.equal((await worker.transcode("90p", 2, 0)).code, 0);
    await worker.succeed("audio");
    assert.deepEqual(await read(), before);
  });

  it("report progress up to 100 %", async () => {
    await rm(worker.path(`work/90p/1-00000-${mark}.json`));
    const { stdout } = await worker.transcode("90p", 1, 0);
    const percents = stdout
      .trim()
      .split("\n")
      .map((line) => Number(/^progress (\d+)%$/.exec(line)?.[1]));
    assert.equal(percents.at(-1), 100);
    percents.forEach((percent, index) => assert.ok(index === 0 || percent > (percents[index - 1] as number)));
  });

  it("refuse to package work that is missing or cut off, and take the manifest away first", async () => {
    const { file, name } = await worker.firstSegment("90p/2-00001");
    const segment = worker.path(file);
    const whole = await readFile(segment);
    await rm(worker.path("mp4/90p.mp4"));
    await writeFile(segment, whole.subarray(0, -1));
    const { code, lastLine } = await worker.run(["package"]);
    assert.equal(lastLine, `1 segments of 90p are missing or cut off, the first is ${name}; run its jobs again.`);
    assert.equal(code, 3);
    await assert.rejects(worker.json("manifest.json"), { code: "ENOENT" });
    await assert.rejects(stat(worker.path("hls/master.m3u8")), { code: "ENOENT" });
    await writeFile(segment, whole);

    const record = worker.path(`work/90p/2-00001-${mark}.json`);
    const content = await readFile(record);
    await rm(record);
    const withoutRecord = await worker.run(["package"]);
    assert.deepEqual(
      [withoutRecord.code, withoutRecord.lastLine],
      [3, "Chunk 90p-2-00001 is missing or was made for another plan; run its transcode job again."],
    );
    await writeFile(record, content);
    await worker.succeed("package");
    await worker.json("manifest.json");
  });

  it("take an output with a changed ladder for incomplete", async () => {
    const renditions = [{ ...LADDER.renditions[0], name: "90p", height: 90, preset: "ultrafast", crf: 30 }];
    const changed = new WorkerRuns(bundle, worker.input, worker.output, {}, { ...LADDER, renditions });
    await changed.succeed("metadata");
    await assert.rejects(worker.json("manifest.json"), { code: "ENOENT" });
    const { code, lastLine } = await changed.run(["package"]);
    assert.deepEqual(
      [code, lastLine],
      [3, "The sound is missing or was made for another plan; run the audio job again."],
    );
  });

  it("end with 1 and a sentence when there is no plan", async () => {
    const empty = new WorkerRuns(bundle, worker.input, `file://${join(path, "nothing")}`);
    const { code, lastLine } = await empty.run(["audio"]);
    assert.equal(
      lastLine,
      `There is no plan at file://${join(path, "nothing")}/plan.json; run the metadata job first.`,
    );
    assert.equal(code, 1);
  });

  describe("whose ffmpeg does not end well", () => {
    let slow: WorkerRuns;
    before(async () => {
      slow = new WorkerRuns(bundle, worker.input, `file://${join(path, "slow")}`);
      await slow.succeed("metadata");
    });

    /** Stands in for ffmpeg: says that it runs, and does what the test wants. */
    async function substitute(name: string, script: string): Promise<NodeJS.ProcessEnv> {
      const directory = join(path, "bin");
      await mkdir(directory, { recursive: true });
      const file = join(directory, name);
      await writeFile(file, `#!/bin/sh\necho $$ > "${file}.pid"\n${script}\n`);
      await chmod(file, 0o755);
      return { FFMPEG_PATH: file };
    }

    it("end with 1 when it is killed", async () => {
      const { code, lastLine } = await slow.transcode("90p", 1, 0, await substitute("killed", "kill -KILL $$"));
      assert.equal(lastLine, "ffmpeg was ended by SIGKILL. The usual reason is too little memory for the job.");
      assert.equal(code, 1);
    });

    it("end with 1 when memory is short", async () => {
      const environment = await substitute("starved", "echo 'Error: Cannot allocate memory' >&2; exit 1");
      const { code, lastLine } = await slow.transcode("90p", 1, 0, environment);
      assert.equal(lastLine, "ffmpeg failed: Error: Cannot allocate memory.");
      assert.equal(code, 1);
    });

    it("end with 2 when it is not installed", async () => {
      const { code, lastLine } = await slow.transcode("90p", 1, 0, { FFMPEG_PATH: "/nowhere/ffmpeg" });
      assert.equal(lastLine, `/nowhere/ffmpeg wasn't found: ${remedy("missing")}`);
      assert.equal(code, 2);
    });

    it("end with 1 when it can't be started, and when it doesn't say what it is", async () => {
      await writeFile(join(path, "text"), "");
      const { code, lastLine } = await slow.transcode("90p", 1, 0, { FFMPEG_PATH: join(path, "text") });
      assert.equal(lastLine, `${join(path, "text")} couldn't be started: spawn ${join(path, "text")} EACCES.`);
      assert.equal(code, 1);
      const environment = await substitute("silent", "exit 0");
      const silent = await slow.transcode("90p", 1, 0, environment);
      assert.equal(silent.lastLine, `${environment["FFMPEG_PATH"]} doesn't say what version it is.`);
      assert.equal(silent.code, 1);
    });

    it("end with 2 when it is too old", async () => {
      const environment = { FFMPEG_PATH: await called(path, "4.4.2", "58.134.100") };
      const { code, lastLine } = await slow.transcode("90p", 1, 0, environment);
      assert.equal(
        lastLine,
        `${environment.FFMPEG_PATH} is version 4.4.2, and 5.1 or later is needed: ${remedy("outdated")}`,
      );
      assert.equal(code, 2);
    });

    it("end it and themselves at once on SIGTERM", async () => {
      const environment = await substitute("endless", "exec sleep 600");
      const { child, outcome } = slow.start(["transcode", "--rendition", "90p", "--part", "1"], environment);
      const pidFile = `${environment["FFMPEG_PATH"]}.pid`;
      let pid = "";
      while (pid === "") {
        await new Promise((resolve) => setTimeout(resolve, 20));
        pid = await readFile(pidFile, "utf8").catch(() => "");
      }
      child.kill("SIGTERM");
      const { code, lastLine } = await outcome;
      assert.equal(lastLine, "The job was stopped by SIGTERM before it finished.");
      assert.equal(code, 1);
      assert.match(await processState(pid), /^(?:Z.*)?$/, "the program has ended, whether or not it was collected");
    });
  });
});
