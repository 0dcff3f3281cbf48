import { isMarked, outputs } from "../../contract/outputs";
import { tracksOf } from "../../contract/plan";
import type { OwnedOutput } from "./ownedOutput";
import { removeAbandoned } from "./tidy";

/**
 * Tracks that only earlier plans had. Only what they left behind shows that they existed, since the plan that had them is gone as soon
 * as there is another. A folder without media of this pipeline belongs to somebody else.
 */
export async function staleTracks(output: OwnedOutput): Promise<string[]> {
  const planned = new Set(tracksOf(output.plan).map(({ name }) => name));
  const stale: string[] = [];
  for (const name of await output.folders(outputs.hls)) {
    if (planned.has(name)) continue;
    const files = await output.list(outputs.segments(name));
    if ([...files.keys()].some(isMarked)) stale.push(name);
  }
  return stale;
}

/** Removes stale tracks, the media last: if the job is killed before that, the media show the next one that there is work left. */
export async function removeStaleTracks(output: OwnedOutput): Promise<void> {
  for (const name of await staleTracks(output)) {
    for (const path of [outputs.mp4(name), outputs.playlist(name), outputs.iframes(name)]) await output.remove(path);
    const directory = outputs.segments(name);
    await removeAbandoned(output, [directory]);
    for (const file of (await output.list(directory)).keys()) {
      if (isMarked(file)) await output.remove(directory + file);
    }
  }
}
