import { outputs, planMark } from "../../contract/outputs";
import { staleTracks } from "../output/cleanup";
import type { OwnedOutput } from "../output/ownedOutput";
import { tracksOf } from "../../contract/plan";
import { readManifest } from "./manifest/read";

/**
 * Removes the manifest, because what it lists is about to change.
 *
 * @param isCurrent Whether a manifest of this plan may stay.
 */
export async function unpublishManifest(
  output: OwnedOutput,
  isCurrent: (fingerprint: string) => boolean = () => false,
): Promise<void> {
  const etag = (await output.stat(outputs.manifest))?.etag;
  const manifest = etag === undefined ? undefined : await readManifest(output);
  if (manifest && !isCurrent(manifest.fingerprint)) await output.remove(outputs.manifest, etag);
}

/** Removes what players open, growing or final: incomplete work can't be played, so nothing may promise that it can. */
export async function unpublishMasters(output: OwnedOutput): Promise<void> {
  for (const path of [outputs.master, outputs.preview, outputs.dash]) await output.remove(path);
}

/**
 * Removes everything that offers an earlier plan's work for playing, once the output has another plan. What belongs to the plan stays.
 * If the job is killed in the middle, its next attempt does the rest, because it goes by what is there.
 */
export async function unpublishOthers(output: OwnedOutput): Promise<void> {
  const { plan } = output;
  await unpublishManifest(output, (fingerprint) => fingerprint === plan.fingerprint);
  const tracks = [...tracksOf(plan).map(({ name }) => name), ...(await staleTracks(output))];
  const playlists = tracks.flatMap((name) => [outputs.playlist(name), outputs.iframes(name)]);
  await Promise.all(
    [outputs.master, outputs.dash, ...playlists].map(async (path) => {
      // A job of this plan may write it at the same moment, so only the version that was read may be removed.
      const etag = (await output.stat(path))?.etag;
      const text = etag === undefined ? undefined : await output.readText(path);
      if (text !== undefined && !text.includes(planMark(plan))) await output.remove(path, etag);
    }),
  );
}
