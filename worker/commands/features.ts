import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type ObjectPath, outputs } from "../../contract/outputs";
import type { Plan } from "../../contract/plan";
import { JobError } from "../errors/errors";
import { POSTER, SHEET_PATTERN } from "../features/arguments";
import { sheetCount, sheetName, thumbnailGrid, thumbnailsVtt } from "../features/thumbnailGrid";
import { detectScenes } from "../features/detectScenes";
import { hasFeatures, recordFeatures } from "../features/featureRecord";
import { SCENE_THRESHOLD } from "../features/scenes";
import type { ProgressReport } from "../ffmpeg/progress";
import { tryFfmpeg } from "../ffmpeg/tryFfmpeg";
import { OwnedOutput } from "../output/ownedOutput";
import { assertSourceUnchanged } from "../source/assertSourceUnchanged";
import { withSource } from "../source/loopback/source";
import type { MediaInput } from "../ffmpeg/input";
import { baseName, quote } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Contents by name. */
type FeatureFiles = ReadonlyMap<ObjectPath, string | Buffer>;

/** Finds scene changes, and makes a poster and thumbnails. */
export async function features(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const output = await OwnedOutput.open(target, job.output, job.plan);
  const { plan } = output;
  if (!(await hasFeatures(output))) {
    await tryFfmpeg();
    await assertSourceUnchanged(plan, source, job.input);
    const made = await withSource(source, job.input, plan.source, (input) =>
      make(plan, input, quote(baseName(job.input)), report),
    );
    await publish(output, made);
  }
  report.update(1);
}

/** Runs ffmpeg in a directory of its own, so that no part of a path is taken for a pattern. */
async function make(plan: Plan, input: MediaInput, subject: string, report: ProgressReport): Promise<FeatureFiles> {
  const { durationSeconds } = plan.source;
  const grid = thumbnailGrid(plan.source);
  const directory = await mkdtemp(join(tmpdir(), "video-features-"));
  try {
    const changes = await detectScenes({ plan, grid, input, subject, directory, report });
    const files = new Map<ObjectPath, string | Buffer>();
    files.set(
      "scenes.json",
      `${JSON.stringify({ version: 1, threshold: SCENE_THRESHOLD, durationSeconds, changes }, null, 2)}\n`,
    );
    files.set("poster.jpg", await readFile(join(directory, POSTER)));
    for (let sheet = 0; sheet < sheetCount(grid); sheet++) {
      files.set(sheetName(sheet), await readFile(join(directory, SHEET_PATTERN.replace("%d", String(sheet + 1)))));
    }
    files.set("thumbnails.vtt", thumbnailsVtt(grid, durationSeconds));
    return files;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new JobError(`ffmpeg made no poster or thumbnails of ${subject}.`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function publish(output: OwnedOutput, files: FeatureFiles): Promise<void> {
  const sizes: Record<string, number> = {};
  for (const [name, body] of files) sizes[name] = await output.write(outputs.feature(name), body);
  // Remove the sheets of an earlier, longer version of the video.
  for (const name of (await output.list(outputs.features)).keys()) {
    if (/^sprite.*\.jpg$/.test(name) && sizes[name] === undefined) await output.remove(outputs.features + name);
  }
  await recordFeatures(output, sizes);
}
