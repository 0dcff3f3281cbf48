import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, parse, resolve } from "node:path";

import type { RunRecord } from "../../contract/run";
import { checkS3Uri } from "../../contract/s3Uri";
import { UsageError } from "../../contract/usageError";

/** The paths in the folder of a run. */
export interface RunDirectory {
  path: string;
  record: string;
  logs: string;
  output: string;
  /** Records and logs of the runs that the last one continues, in one folder per run. */
  earlier: string;
}

/** The absolute path of a readable video. For a video in S3 it is the URI, because only the job can check it. */
export function resolveVideo(video: string): string {
  if (video.startsWith("s3://")) return checkS3Uri(video, "video");
  const path = resolve(video);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UsageError(`The video ${path} ${missing ? "doesn't exist" : "can't be read"}.`);
  }
  if (!statSync(path).isFile()) throw new UsageError(`The video ${path} isn't a file.`);
  return path;
}

export function runDirectory(outDir: string): RunDirectory {
  const path = resolve(outDir);
  const below = (name: string): string => join(path, name);
  return {
    ...{ path, record: below("run.json"), logs: below("logs") },
    ...{ output: below("output"), earlier: below("earlier") },
  };
}

/** The folder of a video's run when none is named: the first of `out/clip`, `out/clip-2` and so on that has no run of another video. */
export function defaultRunDirectory(video: string): string {
  const folder = join("out", parse(video).name);
  for (let number = 1; ; number += 1) {
    const { path, record } = runDirectory(number === 1 ? folder : `${folder}-${number}`);
    const other = existsSync(record) ? videoOf(readEarlierRecord(record)) : undefined;
    if (other === undefined || other === video) return path;
  }
}

/** Absent if the record is none, or an old one that doesn't say. */
function videoOf(record: RunRecord | undefined): string | undefined {
  return (record as Partial<RunRecord> | undefined)?.start?.video;
}

/**
 * Creates the folder of a run. The folder of an earlier run of the same video is reused: its record and logs are deleted, and its output
 * stays for the worker to reuse. Any other folder that is not empty is rejected.
 *
 * @param video From `resolveVideo`.
 */
export function prepareRunDirectory(directory: RunDirectory, video: string, outputIsHere = true): void {
  const { path } = directory;
  if (listFolder(path).length > 0) refuseForeign(directory, video);
  for (const old of [directory.logs, directory.earlier, directory.record]) {
    rmSync(old, { recursive: true, force: true });
  }
  try {
    mkdirSync(outputIsHere ? directory.output : path, { recursive: true });
  } catch (error) {
    throw new UsageError(`The folder ${path} can't be created: ${(error as Error).message}.`);
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new UsageError(`${path} can't be used as the folder of a run: ${(error as Error).message}.`);
  }
}

function refuseForeign({ path, record }: RunDirectory, video: string): void {
  const earlier = readEarlierRecord(record);
  if (earlier === undefined) {
    throw new UsageError(
      `The folder ${path} contains files that don't belong to an earlier run. Choose a folder that is empty or doesn't exist.`,
    );
  }
  refuseUnfinished(path, earlier);
  const other = videoOf(earlier);
  if (other !== undefined && other !== video) {
    throw new UsageError(
      `The folder ${path} has the output of another video, ${other}, which this run would delete. Choose another folder with --out, or delete this one.`,
    );
  }
}

/** Two runs at the same time would overwrite each other's records. */
export function refuseUnfinished(path: string, record: Pick<RunRecord, "status" | "pid">): void {
  if (isUnderWay(record)) {
    throw new UsageError(
      `Another run (process ${record.pid}) is using ${path}. Wait until it ends, or choose another folder.`,
    );
  }
}

/** Whether a run is still going on in another process. A killed run leaves the same status. */
export function isUnderWay({ status, pid }: Pick<RunRecord, "status" | "pid">): boolean {
  return status === "RUNNING" && isAlive(pid);
}

/** The record of an earlier run. Absent if the file does not exist or is something else. */
export function readEarlierRecord(path: string): RunRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, "utf8")) as Partial<RunRecord>;
    return record.tool === "video-batch-pipeline" ? (record as RunRecord) : undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || code === "ENOENT") return undefined;
    throw new UsageError(`The record ${path} can't be read: ${message}.`);
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
