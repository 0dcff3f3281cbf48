import type { Plan } from "../../components/workflow/plan";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";

/** An output that is about to change is not complete: the manifest goes first. */
export async function withdrawManifest(storage: Storage, output: string): Promise<void> {
  await storage.remove(paths.manifest(output));
}

/** Work that is not whole can't be played: nor may what players open, growing or final, promise that it can. */
export async function withdrawPlaylists(storage: Storage, output: string): Promise<void> {
  await storage.remove(paths.master(output));
  await storage.remove(paths.dash(output));
}

/**
 * Everything that leads to the segments of an earlier plan, before a new plan's jobs write others under the same names:
 * what a player opens first.
 */
export async function withdrawPlan(storage: Storage, output: string, earlier: Plan): Promise<void> {
  await withdrawManifest(storage, output);
  await withdrawPlaylists(storage, output);
  for (const name of [...earlier.renditions, ...(earlier.audio ?? [])].map((track) => track.name)) {
    await storage.remove(paths.playlist(output, name));
    await storage.remove(paths.iframes(output, name));
  }
}
