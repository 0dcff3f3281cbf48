import { isRecord } from "../../contract/outputs";
import { below } from "../storage/uri";
import { isAbandoned } from "../storage/file";
import type { Storage } from "../storage/storage";
import type { Track } from "../publish/track";

/** Removes media that no playlist names: those of earlier plans and other encoders. */
export async function removeStraySegments(
  storage: Storage,
  { directory, initName, segments }: Pick<Track, "directory" | "initName" | "segments">,
): Promise<void> {
  const kept = new Set([initName, ...segments.map(({ name }) => name)]);
  for (const name of (await storage.list(directory)).keys()) {
    if (/\.m4s$|^init.*\.mp4$/.test(name) && !kept.has(name)) await storage.remove(below(directory, name));
  }
}

/** Removes the records of such media. The marks are those of the encodes that are published. */
export async function removeStrayRecords(storage: Storage, directory: string, marks: readonly string[]): Promise<void> {
  for (const name of (await storage.list(directory)).keys()) {
    const isPublished = marks.some((mark) => name.endsWith(`-${mark}.json`));
    if (isRecord(name) && !isPublished) await storage.remove(below(directory, name));
  }
}

/** Removes what a killed job had begun to write. What a job of another execution is writing stays. */
export async function removeLeftovers(storage: Storage, directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (const name of (await storage.list(directory)).keys()) {
      if (isAbandoned(name)) await storage.remove(below(directory, name));
    }
  }
}
