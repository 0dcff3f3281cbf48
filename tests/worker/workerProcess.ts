import { execFile, spawn } from "node:child_process";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { promisify } from "node:util";

import type { Ladder, Plan } from "../../contract/plan";
import type { TrackRecord } from "../../worker/output/record";
import { chunksOf } from "../../worker/plan/chunks";

export const LADDER: Ladder = {
  renditions: [{ name: "90p", height: 90, preset: "ultrafast", crf: 23, maxBitrateKbps: 800 }],
  parts: [{ seconds: 1 }, {}],
  audio: { bitrateKbps: 96, channels: 2, maxTracks: 8 },
  chunkSeconds: 1,
  segmentSeconds: 2,
  gopSeconds: 1,
};

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The sentence for the person who reads the log. */
  lastLine: string;
}

const ROOT = join(__dirname, "../..");

/** Puts the worker as the image gets it into a directory of the test. Set-up bundles it only when a source is newer. */
export async function buildWorker(directory: string): Promise<string> {
  const bundle = join(directory, "worker.cjs");
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts/setup.mjs")]);
  await copyFile(join(ROOT, "worker/dist/worker.cjs"), bundle);
  return bundle;
}

/** The worker's commands for one input and output. */
export class WorkerRuns {
  constructor(
    private readonly bundle: string,
    readonly input: string,
    readonly output: string,
    private readonly environment: NodeJS.ProcessEnv = {},
    private readonly ladder: Ladder = LADDER,
  ) {}

  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const env = {
      ...process.env,
      VIDEO_BATCH_LADDER: JSON.stringify(this.ladder),
      ...this.environment,
      ...environment,
    };
    const all = [this.bundle, ...args, "--input", this.input, "--output", this.output];
    const child = spawn(process.execPath, all, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) =>
        resolve({ code, stdout, stderr, lastLine: stderr.trimEnd().split("\n").at(-1) ?? "" }),
      );
    });
    return { child, outcome };
  }

  run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.start(args, environment).outcome;
  }

  async succeed(...args: string[]): Promise<Outcome> {
    const outcome = await this.run(args);
    if (outcome.code !== 0) throw new Error(`worker ${args.join(" ")}: ${outcome.code}: ${outcome.lastLine}`);
    return outcome;
  }

  transcode(rendition: string, part: number, index: number, environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const args = ["transcode", "--rendition", rendition, "--part", String(part)];
    return this.run(args, { AWS_BATCH_JOB_ARRAY_INDEX: String(index), ...environment });
  }

  /** Every chunk of every rendition. */
  async transcodeAll(plan: Plan): Promise<void> {
    for (const { name } of plan.renditions) {
      for (const { part, index } of chunksOf(plan)) {
        const { code, lastLine } = await this.transcode(name, part, index);
        if (code !== 0) throw new Error(`transcode ${name} ${part} ${index}: ${code}: ${lastLine}`);
      }
    }
  }

  /** The whole chain for a local output. */
  async all(): Promise<Plan> {
    await this.succeed("metadata");
    const plan = await this.plan();
    await Promise.all([
      this.transcodeAll(plan),
      (async () => {
        await this.succeed("features");
        await this.succeed("audio");
      })(),
    ]);
    await this.succeed("package");
    return plan;
  }

  async plan(): Promise<Plan> {
    return this.json<Plan>("plan.json");
  }

  /** The record of a chunk such as `90p/2-00001`, or of a track of sound: where it is below the output. */
  async record(work: string): Promise<string> {
    const { dir, base } = parse(`work/${work}`);
    const [name, ...others] = (await readdir(this.path(dir))).filter(
      (name) => name.startsWith(base) && /^-[0-9a-f]{8}-[0-9a-f]{8}\.json$/.test(name.slice(base.length)),
    );
    if (name === undefined || others.length > 0)
      throw new Error(`${work} has ${others.length} records besides ${name}`);
    return `${dir}/${name}`;
  }

  /** The mark of the encode that it is of. */
  async mark(work: string): Promise<string> {
    return (await this.record(work)).slice(`work/${work}-`.length, -".json".length);
  }

  /** The first segment of a chunk or of a track of sound: where it is below the output, and its name. */
  async firstSegment(work: string): Promise<{ file: string; name: string }> {
    const { segments } = await this.json<TrackRecord>(await this.record(work));
    const name = segments[0]!.name;
    return { file: `hls/${work.split("/")[0]}/${name}`, name };
  }

  /** A document below a local output. */
  async json<T>(name: string): Promise<T> {
    return JSON.parse(await readFile(this.path(name), "utf8")) as T;
  }

  path(name: string): string {
    return join(this.output.slice("file://".length), name);
  }
}
