import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import type { WorkerRuns } from "./workerProcess";

/** Every file of a local output, and its content. */
export async function digests(worker: Pick<WorkerRuns, "path">): Promise<Record<string, string>> {
  if (!existsSync(worker.path(""))) return {};
  const names = (await readdir(worker.path(""), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(worker.path(""), join(entry.parentPath, entry.name)));
  const contents = names.sort().map(async (name) => [
    name,
    createHash("sha256")
      .update(await readFile(worker.path(name)))
      .digest("hex"),
  ]);
  return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
}
