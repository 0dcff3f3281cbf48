import { isRecord } from "../../contract/outputs";
import { isAbandoned } from "../storage/file";
import type { OwnedOutput } from "./ownedOutput";

/** Removes media that no playlist lists: those of earlier plans and other encoders. */
export async function removeStraySegments(
  output: OwnedOutput,
  directory: string,
  published: ReadonlySet<string>,
): Promise<void> {
  for (const name of (await output.list(directory)).keys()) {
    if (/\.m4s$|^init.*\.mp4$/.test(name) && !published.has(name)) await output.remove(directory + name);
  }
}

/** Removes the records of such media. The marks are those of the published encodes. */
export async function removeStrayRecords(
  output: OwnedOutput,
  directory: string,
  marks: readonly string[],
): Promise<void> {
  for (const name of (await output.list(directory)).keys()) {
    const isPublished = marks.some((mark) => name.endsWith(`-${mark}.json`));
    if (isRecord(name) && !isPublished) await output.remove(directory + name);
  }
}

/** Removes files that a killed job left unfinished. What a job of another execution is still writing stays. */
export async function removeAbandoned(output: OwnedOutput, directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (const name of (await output.list(directory)).keys()) {
      if (isAbandoned(name)) await output.remove(directory + name);
    }
  }
}
