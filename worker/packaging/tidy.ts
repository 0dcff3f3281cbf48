import { below } from "../storage/uri";
import { PARTIAL } from "../storage/file";
import type { Storage } from "../storage/storage";
import type { Track } from "./tracks";

/** Removes segments that no playlist names: an earlier plan had more of them, or cut them elsewhere. */
export async function removeStraySegments(storage: Storage, { directory, segments }: Track): Promise<void> {
  const kept = new Set(segments.map(({ name }) => name));
  for (const name of (await storage.list(directory)).keys()) {
    if (name.endsWith(".m4s") && !kept.has(name)) await storage.remove(below(directory, name));
  }
}

/** Removes what a killed job had begun to write. All jobs are done when an output is packaged, so nobody writes any more. */
export async function removeLeftovers(storage: Storage, directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (const name of (await storage.list(directory)).keys()) {
      if (PARTIAL.test(name)) await storage.remove(below(directory, name));
    }
  }
}
