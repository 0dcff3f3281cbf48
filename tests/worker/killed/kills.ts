import assert from "node:assert/strict";
import { join } from "node:path";

import type { Ladder } from "../../../contract/plan";
import { filesOf, type Manifest } from "../../../contract/manifest";
import { ffmpeg, makeClip } from "../../support/clips";
import { LADDER, WorkerRuns } from "../workerProcess";
import type { Bucket } from "./places";
import { Folders, type Place, type State } from "./places";

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

/** Kills jobs without warning, and looks at what they leave. */
export class Kills {
  /** How many moments each of the jobs has. */
  readonly moments: number[] = [];
  private readonly after: State[] = [];

  private constructor(
    private readonly bundle: string,
    private readonly directory: string,
    private readonly clip: string,
    private readonly place: Place,
  ) {}

  /** Lets all jobs work undisturbed, and keeps what was there before each. */
  static async prepare(bundle: string, directory: string, bucket?: Bucket): Promise<Kills> {
    const [single, file] = [join(directory, "single.mp4"), join(directory, "clip.mp4")];
    await makeClip(single, { seconds: 2, sound: true });
    await ffmpeg("-i", single, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy", file);
    const clip = bucket ? await bucket.put("clip.mp4", file) : `file://${file}`;
    const place = bucket ?? new Folders(directory);
    const kills = new Kills(bundle, directory, clip, place);
    for (const [job, { args }] of JOBS.entries()) {
      if (job > 0) await place.copy(`before ${job}`, `before ${job + 1}`);
      const { code, stdout, lastLine } = await kills.run(`before ${job + 1}`, job);
      assert.equal(code, 0, `${args.join(" ")}: ${lastLine}`);
      kills.moments.push(Number(/^moments (\d+)$/m.exec(stdout)?.[1]));
      kills.after.push(await place.state(`before ${job + 1}`));
    }
    return kills;
  }

  /**
   * Lets a job die at moments of successive attempts, and a last attempt end. Returns at what they died. Throws when a file
   * is not whole in between, or the output not the undisturbed one in the end.
   */
  async check(job: number, moments: readonly number[]): Promise<string[]> {
    const name = `killed ${job} ${moments.join(" ")}`;
    if (job > 0) await this.place.copy(`before ${job}`, name);
    const died: string[] = [];
    for (const moment of moments) {
      const { code, lastLine } = await this.run(name, job, moment);
      // Where an earlier attempt has done most of the work, there are fewer moments than that.
      if (code === 0) continue;
      assert.match(lastLine, /^dead: /);
      died.push(lastLine.slice("dead: ".length).replace(join(this.directory, name), ""));
      await this.checkWhole(name, job);
    }
    const { code, lastLine } = await this.run(name, job);
    assert.equal(code, 0, lastLine);
    assert.deepEqual(await this.place.state(name), this.after[job]);
    await this.place.remove(name);
    return died;
  }

  /** Every file has the bytes that it has before or after an undisturbed job, or is a playlist that has grown in between. */
  private async checkWhole(name: string, job: number): Promise<void> {
    const there = await this.place.state(name);
    const [before = {}, after = {}] = [this.after[job - 1], this.after[job]];
    for (const [file, digest] of Object.entries(there)) {
      if (digest === before[file] || digest === after[file]) continue;
      assert.match(file, /\.m3u8$/, `${file} is neither what it was nor what it becomes`);
      const text = await this.place.read(name, file);
      assert.match(text, /^#EXTM3U\n(?:.+\n)+$/);
      for (const [, line, uri] of text.matchAll(/^(?:([^#\n].*)|#.*URI="([^"]+)".*)$/gm)) {
        const listed = join(file, "..", (line ?? uri) as string);
        assert.ok(listed in there, `${file} lists ${listed}, which is not there`);
      }
    }
    if (!("manifest.json" in there)) return;
    const manifest = JSON.parse(await this.place.read(name, "manifest.json")) as Manifest;
    for (const { path } of filesOf(manifest)) assert.ok(path in there, `the manifest has ${path}, which is not there`);
  }

  private run(name: string, job: number, moment = 0) {
    const { ladder, args } = JOBS[job] as (typeof JOBS)[number];
    const worker = new WorkerRuns(this.bundle, this.clip, this.place.uri(name), { TMPDIR: this.directory }, ladder);
    const NODE_OPTIONS = `--require=${join(__dirname, "moments.cjs")}`;
    return worker.run(args, { NODE_OPTIONS, MOMENT: String(moment) });
  }
}
