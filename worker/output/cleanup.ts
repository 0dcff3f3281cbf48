import type { Plan } from "../../contract/plan";
import { isMarked } from "../../contract/outputs";
import { paths } from "./paths";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import { removeLeftovers } from "./tidy";

/** The tracks of a plan: its renditions and its sound. */
export function namesOf({ renditions, audio = [] }: Plan): string[] {
  return [...renditions, ...audio].map(({ name }) => name);
}

/**
 * Tracks that only plans before this one had. What they left tells of them, and nothing else does for long: the earlier plan
 * is gone as soon as there is another. A folder without media of this pipeline's is somebody else's.
 */
export async function tracksOfOthers(storage: Storage, output: string, plan: Plan): Promise<string[]> {
  const known = new Set(namesOf(plan));
  const others: string[] = [];
  for (const name of await storage.folders(paths.hls(output))) {
    if (known.has(name)) continue;
    const there = await storage.list(paths.segments(output, name));
    if ([...there.keys()].some(isMarked)) others.push(name);
  }
  return others;
}

/** Removes what no playlist leads to any more. The media go last: a job that is killed before that knows by them what to do. */
export async function removeTracksOfOthers(storage: Storage, output: string, plan: Plan): Promise<void> {
  for (const name of await tracksOfOthers(storage, output, plan)) {
    for (const uri of [paths.mp4(output, name), paths.playlist(output, name), paths.iframes(output, name)]) {
      await storage.remove(uri);
    }
    const directory = paths.segments(output, name);
    await removeLeftovers(storage, [directory]);
    for (const media of (await storage.list(directory)).keys()) {
      if (isMarked(media)) await storage.remove(below(directory, media));
    }
  }
}
