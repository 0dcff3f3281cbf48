import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import type { RunRecord } from "../../contract/run";
import { UsageError } from "../../contract/usageError";
import { isUnderWay, readEarlierRecord, runDirectory } from "../../runner/record/runDirectory";
import { commandText, shortPath } from "../output/commandText";
import { reportFile } from "../report/local";

/** The run in a folder, if it has a report to view. */
export function viewableRun(folder: string): { directory: string; record: RunRecord } {
  const { path: directory, record: file } = runDirectory(folder);
  const record = readEarlierRecord(file);
  if (!record) throw new UsageError(`There is no run in ${directory}: it has no run.json. ${otherRuns(directory)}`);
  if (isUnderWay(record)) {
    throw new UsageError(
      `The run in ${directory} has no report yet: it is still going on (process ${record.pid}). View it when it has ended.`,
    );
  }
  if (existsSync(reportFile(directory))) return { directory, record };
  const again = commandText(["run", "--resume", shortPath(directory)]);
  throw new UsageError(
    `The run in ${directory} has no report: its process ended before it wrote one. Resume it with: ${again}`,
  );
}

/** The run that was probably meant: the one around the folder, those in it, or one to be made. */
function otherRuns(directory: string): string {
  const around = path.dirname(directory);
  if (isRun(around)) return `Did you mean ${shortPath(around)}?`;
  const inside = subfolders(directory).filter(isRun).map(shortPath);
  if (inside.length > 0) return `Choose one of: ${inside.join(", ")}.`;
  return `Make one with: ${commandText(["run", "VIDEO", "--out", shortPath(directory)])}`;
}

function subfolders(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(directory, name))
    .sort();
}

function isRun(directory: string): boolean {
  return readEarlierRecord(runDirectory(directory).record) !== undefined;
}
