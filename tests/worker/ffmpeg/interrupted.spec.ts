import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { audio } from "../../../worker/commands/audio";
import { features } from "../../../worker/commands/features";
import type { Job, Stores } from "../../../worker/commands/job";
import { metadata } from "../../../worker/commands/metadata";
import { transcode } from "../../../worker/commands/transcode";
import { exitCodeOf } from "../../../worker/errors/errors";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { storageFor } from "../../../worker/storage/storageFor";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";

const TESTSRC = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1.2"];
const TONE = ["-f", "lavfi", "-i", "sine=440:r=48000:d=1.2"];
const X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "15", "-bf", "2"];

/** Sources whose inspection starts all the programs that there are. */
const SOURCES: [file: string, ...options: string[]][] = [
  ["stereo.mp4", ...X264, "-ac", "2"],
  ["mono.mov", ...X264, "-ac", "1"],
  ["broadcast.ts", "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-g", "12", "-c:a", "mp2"],
  ["calls.webm", "-c:v", "libvpx", "-deadline", "realtime", "-auto-alt-ref", "1", "-g", "15", "-c:a", "libopus"],
  ["slots.avi", ...X264, "-c:a", "libmp3lame"],
  ["tags.flv", ...X264, "-c:a", "aac"],
  ["hdr.mkv", ...X264, "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_primaries", "bt2020"],
];

/** How a program ends before it has printed all. */
const ENDINGS: Record<string, string> = {
  "is killed": "kill -KILL $$",
  "is killed below a script": "exit 137",
  "fails without a word": "exit 1",
  "is short of memory": 'echo "[h264 @ 0x1] Cannot allocate memory" >&2; exit 0',
};

describe("a program that ends before it has printed all", function () {
  this.timeout(120_000);
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  useLadder(LADDER);
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Runs a command whose program of a number, from 1 on, ends so. Returns whether so many were started. */
  async function run(command: Command, job: Job, number: number, ending: string): Promise<boolean> {
    // What an earlier command has started may still run.
    const directory = await mkdtemp(join(path, "programs-"));
    const started = join(directory, "started");
    await mkdir(started);
    const script = [
      `n=1; until mkdir "${started}/$n" 2>/dev/null; do n=$((n + 1)); done`,
      `[ $n = ${number} ] || exec "$real" "$@"`,
      `"$real" "$@" 2>/dev/null | head -c 150`,
      ENDINGS[ending] as string,
    ].join("\n");
    use({
      FFMPEG_PATH: await wrapped(directory, "ffmpeg", script, "ffmpeg"),
      FFPROBE_PATH: await wrapped(directory, "ffprobe", script, "ffprobe"),
    });
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    const failed = await command(job, stores, new ProgressReport(() => undefined)).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    if (failed) assert.equal(exitCodeOf(failed), 1, `${ending}, program ${number}: ${failed.stack}`);
    return existsSync(join(started, String(number)));
  }

  type Command = (job: Job, stores: Stores, report: ProgressReport) => Promise<void>;

  /** What a command has made. */
  async function madeBy(directory: string): Promise<string[]> {
    const names = (await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(names.sort().map(async (name) => `${name} ${await readFile(name, "base64")}`));
  }

  async function make(file: string, options: readonly string[]): Promise<Job> {
    const source = join(path, file);
    await ffmpeg(...TESTSRC, ...TONE, ...options, "-shortest", source);
    return { input: `file://${source}`, output: `file://${join(path, `${file} out`)}`, index: 0 };
  }

  for (const [file, ...options] of SOURCES) {
    it(`has the inspection of ${file} tried again, or makes no difference`, async () => {
      const job = await make(file, options);
      const output = job.output.slice("file://".length);
      assert.equal(await run(metadata, job, 99, "is killed"), false);
      const whole = await madeBy(output);
      const endings = Object.keys(ENDINGS);
      for (let number = 1, more = true; more; number++) {
        await rm(output, { recursive: true });
        more = await run(metadata, job, number, endings[number % endings.length] as string);
        const made = await madeBy(output);
        if (made.length > 0) assert.deepEqual(made, whole, `program ${number}`);
        await mkdir(output, { recursive: true });
      }
    });
  }

  for (const [command, name, more] of [
    [transcode, "transcode", { rendition: "90p", part: 1 }],
    [audio, "audio", {}],
    [features, "features", {}],
  ] as const) {
    it(`has ${name} tried again`, async () => {
      const job = { ...(await make(`${name}.ts`, [...X264, "-c:a", "aac"])), ...more };
      // Sound and pictures that a decoder reports, so that they are decoded once more.
      const source = job.input.slice("file://".length);
      const bytes = await readFile(source);
      bytes.fill(
        0x55,
        188 * Math.floor((bytes.length * 0.6) / 188) + 20,
        188 * Math.floor((bytes.length * 0.6) / 188) + 180,
      );
      await writeFile(source, bytes);
      await run(metadata, { ...job, maxDamagedShare: 1 }, 99, "is killed");
      const endings = Object.keys(ENDINGS);
      let number = 1;
      while (await run(command, { ...job, maxDamagedShare: 1 }, number, endings[number % endings.length] as string))
        number++;
      assert.ok(number > 1, String(number));
    });
  }
});
