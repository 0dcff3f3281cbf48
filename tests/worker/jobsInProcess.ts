import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder } from "../../contract/plan";
import type { Job, Stores } from "../../worker/commands/job";
import { transcode } from "../../worker/commands/transcode";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import { storageFor } from "../../worker/storage/storageFor";
import { LADDER } from "./workerProcess";

export const [RENDITION] = LADDER.renditions as [Ladder["renditions"][number]];

/** Two renditions in the same jobs, in parts of one chunk and of two. */
export const SHARED: Ladder = {
  ...LADDER,
  renditions: [
    { ...RENDITION, name: "108p", height: 108 },
    { ...RENDITION, name: "68p", height: 68 },
    { ...RENDITION, name: "64p", height: 64 },
  ],
  shareDecoding: true,
};
export const NAMES = ["108p", "68p", "64p"];
/** Those that have jobs. */
export const LEADERS = ["108p", "68p"];

/** A command of the worker. */
type Command = (job: Job, stores: Stores, report: ProgressReport) => Promise<void>;

/** Jobs for an output with an ffmpeg, in this process. */
export class Jobs {
  constructor(
    private readonly clip: string,
    readonly output: string,
    private readonly ffmpeg: string,
    private readonly batchJob?: string,
  ) {}

  async run(command: Command, more: Partial<Job> = {}): Promise<void> {
    process.env["FFMPEG_PATH"] = this.ffmpeg;
    const { batchJob } = this;
    const job = { input: `file://${this.clip}`, output: `file://${this.output}`, index: 0, ...more };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await command({ ...job, ...(batchJob ? { batchJob } : {}) }, stores, new ProgressReport(() => undefined));
  }

  async transcode(leaders: readonly string[], part: number, index = 0): Promise<void> {
    for (const rendition of leaders) await this.run(transcode, { rendition, part, index });
  }

  path(name: string): string {
    return join(this.output, name);
  }

  text(name: string): Promise<string> {
    return readFile(this.path(name), "utf8");
  }

  async json<T>(name: string): Promise<T> {
    return JSON.parse(await this.text(name)) as T;
  }
}
