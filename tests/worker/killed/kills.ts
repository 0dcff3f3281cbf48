import assert from "node:assert/strict";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder } from "../../../components/workflow/plan";
import { filesOf, type Manifest } from "../../../worker/packaging/manifest";
import { ffmpeg, makeClip } from "../../support/clips";
import { digests } from "../digests";
import { LADDER, WorkerRuns } from "../workerProcess";

const [RENDITION] = LADDER.renditions as [Ladder["renditions"][number]];
/** Two renditions in two chunks, and two tracks of sound. */
export const FIRST: Ladder = {
  ...LADDER,
  renditions: [RENDITION, { ...RENDITION, name: "60p", height: 60 }],
  dash: true,
};
/** Less of everything: most of what was there before is to go. */
const SECOND: Ladder = {
  ...LADDER,
  renditions: [{ ...RENDITION, name: "60p", height: 60, crf: 30 }],
  parts: [{}],
  chunkSeconds: 60,
  audio: { ...LADDER.audio, maxTracks: 1 },
};

/** The jobs of two executions for one output, the second one with another ladder. */
export const JOBS: { ladder: Ladder; args: string[] }[] = [
  ...[["metadata"], transcode("90p", 1), transcode("90p", 2), transcode("60p", 2), transcode("60p", 1)].map(of(FIRST)),
  ...[["audio"], ["features"], ["package"]].map(of(FIRST)),
  ...[["metadata"], ["features"], ["audio"], transcode("60p", 1), ["package"]].map(of(SECOND)),
];

function transcode(rendition: string, part: number): string[] {
  return ["transcode", "--rendition", rendition, "--part", String(part)];
}

function of(ladder: Ladder) {
  return (args: string[]) => ({ ladder, args });
}

/** The output as a job leaves it: the digests of its files by their names. */
type State = Record<string, string>;

/** Kills jobs without warning, and looks at what they leave. */
export class Kills {
  /** How many moments each of the jobs has. */
  readonly moments: number[] = [];
  private readonly after: State[] = [];

  private constructor(
    private readonly bundle: string,
    private readonly directory: string,
  ) {}

  /** Lets all jobs work undisturbed, and keeps what was there before each. */
  static async prepare(bundle: string, directory: string): Promise<Kills> {
    const kills = new Kills(bundle, directory);
    const single = await makeClip(join(directory, "single.mp4"), { seconds: 2, sound: true });
    await ffmpeg("-i", single, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy", join(directory, "clip.mp4"));
    for (const [job, { args }] of JOBS.entries()) {
      if (job > 0) await cp(kills.path(`before ${job}`), kills.path(`before ${job + 1}`), { recursive: true });
      const worker = kills.worker(job, `before ${job + 1}`);
      const { code, stdout, lastLine } = await kills.run(worker, job);
      assert.equal(code, 0, `${args.join(" ")}: ${lastLine}`);
      kills.moments.push(Number(/^moments (\d+)$/m.exec(stdout)?.[1]));
      kills.after.push(await digests(worker));
    }
    return kills;
  }

  /**
   * Lets a job die at moments of successive attempts, and a last attempt end. Returns at what they died. Throws when a file
   * is not whole in between, or the output not the undisturbed one in the end.
   */
  async check(job: number, moments: readonly number[]): Promise<string[]> {
    const name = `killed ${job} ${moments.join(" ")}`;
    if (job > 0) await cp(this.path(`before ${job}`), this.path(name), { recursive: true });
    const worker = this.worker(job, name);
    const died: string[] = [];
    for (const moment of moments) {
      const { code, lastLine } = await this.run(worker, job, moment);
      // Where an earlier attempt has done most of the work, there are fewer moments than that.
      if (code === 0) continue;
      assert.match(lastLine, /^dead: /);
      died.push(lastLine.slice("dead: ".length).replace(this.path(name), ""));
      await this.checkWhole(worker, job);
    }
    const { code, lastLine } = await this.run(worker, job);
    assert.equal(code, 0, lastLine);
    assert.deepEqual(withoutLeftovers(await digests(worker)), this.after[job]);
    await rm(this.path(name), { recursive: true, force: true });
    return died;
  }

  /** Every file has the bytes that it has before or after an undisturbed job, or is a playlist that has grown in between. */
  private async checkWhole(worker: WorkerRuns, job: number): Promise<void> {
    const there = withoutLeftovers(await digests(worker));
    const [before = {}, after = {}] = [this.after[job - 1], this.after[job]];
    for (const [name, digest] of Object.entries(there)) {
      if (digest === before[name] || digest === after[name]) continue;
      assert.match(name, /\.m3u8$/, `${name} is neither what it was nor what it becomes`);
      const text = await readFile(worker.path(name), "utf8");
      assert.match(text, /^#EXTM3U\n(?:.+\n)+$/);
      for (const [, line, uri] of text.matchAll(/^(?:([^#\n].*)|#.*URI="([^"]+)".*)$/gm)) {
        const listed = join(name, "..", (line ?? uri) as string);
        assert.ok(listed in there, `${name} lists ${listed}, which is not there`);
      }
    }
    if (!("manifest.json" in there)) return;
    const manifest = await worker.json<Manifest>("manifest.json");
    for (const { path } of filesOf(manifest)) assert.ok(path in there, `the manifest has ${path}, which is not there`);
  }

  private worker(job: number, name: string): WorkerRuns {
    const [clip, ladder] = [join(this.directory, "clip.mp4"), JOBS[job]?.ladder];
    return new WorkerRuns(
      this.bundle,
      `file://${clip}`,
      `file://${this.path(name)}`,
      { TMPDIR: this.directory },
      ladder,
    );
  }

  private run(worker: WorkerRuns, job: number, moment = 0) {
    const NODE_OPTIONS = `--require=${join(__dirname, "moments.cjs")}`;
    return worker.run(JOBS[job]?.args ?? [], { NODE_OPTIONS, MOMENT: String(moment) });
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}

/** What a killed job had begun to write stands under names that nobody reads, until packaging removes it. */
function withoutLeftovers(state: State): State {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !name.endsWith(".partial")));
}
