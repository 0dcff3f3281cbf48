import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import type { EarlierRun, RunRecord, RunStart } from "../../contract/run";
import type { RunDirectory } from "./runDirectory";
import { readEarlierRecord, resolveVideo, refuseUnfinished, runDirectory } from "./runDirectory";
import { UsageError } from "../../contract/usageError";

/** The record of the run in a folder. Throws if the run succeeded, is still running, or its video has changed. */
export function interruptedRun(outDir: string): RunRecord {
  const { path, record: file } = runDirectory(outDir);
  const remedy = `Start one with: run VIDEO --out ${path}`;
  if (!existsSync(file)) throw new UsageError(`There is no run in ${path} to resume: it has no run.json. ${remedy}`);
  const record = readEarlierRecord(file);
  if (!record?.start) throw new UsageError(`${file} isn't the record of a run that can be resumed. ${remedy}`);
  refuseUnfinished(path, record);
  if (record.status === "SUCCEEDED") {
    throw new UsageError(`The run in ${path} already succeeded, so there is nothing to resume.`);
  }
  const { video, bytes, modified } = record.start;
  const now = runStart(resolveVideo(video));
  if (now.bytes !== bytes || now.modified !== modified) {
    throw new UsageError(
      `The video ${video} was changed after the run in ${path} began, so its finished work doesn't match the video. Start over with: run ${video} --out ${path}`,
    );
  }
  return record;
}

/** Properties by which a later run recognises the video. */
export function runStart(video: string): RunStart {
  if (video.startsWith("s3://")) return { video };
  const { size, mtime } = statSync(video);
  return { video, bytes: size, modified: mtime.toISOString() };
}

/**
 * Moves the logs of the run in a folder to `earlier/`, to make room for those of the run that continues it, and copies its record
 * there. The original record stays until it is replaced, so that a run that is killed in between can still be resumed.
 */
export function keepEarlierRun(directory: RunDirectory, record: RunRecord): EarlierRun[] {
  const before = record.continues ?? [];
  const folder = join(directory.earlier, String(before.length + 1));
  mkdirSync(folder, { recursive: true });
  copyFileSync(directory.record, join(folder, "run.json"));
  if (existsSync(directory.logs) && !existsSync(join(folder, "logs"))) renameSync(directory.logs, join(folder, "logs"));
  if (record.start.output === undefined) mkdirSync(directory.output, { recursive: true });
  const { execution, started, ended } = record;
  const killed = record.status === "RUNNING";
  const status = killed ? "ABORTED" : record.status;
  const cause = killed ? "The run's process ended before the run did." : record.cause;
  return [
    ...before,
    { record: relative(directory.path, join(folder, "run.json")), execution, status, cause, started, ended },
  ];
}
