import type { Plan } from "../../contract/plan";
import { planMark } from "../../contract/outputs";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { readManifest } from "./manifest";
import { namesOf, tracksOfOthers } from "../output/cleanup";

/** Takes the manifest away, if it is one that does not hold: what it lists is about to change. */
export async function withdrawManifest(
  storage: Storage,
  output: string,
  holds: (fingerprint: string) => boolean = () => false,
): Promise<void> {
  const uri = paths.manifest(output);
  const etag = (await storage.stat(uri))?.etag;
  const manifest = etag === undefined ? undefined : await readManifest(storage, output);
  if (manifest && !holds(manifest.fingerprint)) await storage.remove(uri, etag);
}

/** Takes away what this job wrote, and nothing that another has put in its place. */
export async function takeBack(storage: Storage, uri: string, text: string): Promise<void> {
  const etag = (await storage.stat(uri))?.etag;
  if (etag !== undefined && (await storage.readText(uri)) === text) await storage.remove(uri, etag);
}

/** Work that is not whole can't be played: nor may what players open, growing or final, promise that it can. */
export async function withdrawPlaylists(storage: Storage, output: string): Promise<void> {
  await storage.remove(paths.master(output));
  await storage.remove(paths.preview(output));
  await storage.remove(paths.dash(output));
}

/**
 * Everything that says of an earlier plan's work that it is here to be played, once the output has another plan. What
 * belongs to the plan stays. A job that was killed in the middle of this does it again, since it goes by what is there.
 */
export async function withdrawOthers(storage: Storage, output: string, plan: Plan): Promise<void> {
  await withdrawManifest(storage, output, (fingerprint) => fingerprint === plan.fingerprint);
  const tracks = [...namesOf(plan), ...(await tracksOfOthers(storage, output, plan))];
  const playlists = tracks.flatMap((name) => [paths.playlist(output, name), paths.iframes(output, name)]);
  await Promise.all(
    [paths.master(output), paths.dash(output), ...playlists].map(async (uri) => {
      // A job of this plan may write it in the same moment: only what was read may go.
      const etag = (await storage.stat(uri))?.etag;
      const text = etag === undefined ? undefined : await storage.readText(uri);
      if (text !== undefined && !text.includes(planMark(plan))) await storage.remove(uri, etag);
    }),
  );
}
