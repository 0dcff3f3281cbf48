import { outputs } from "../../contract/outputs";
import type { OwnedOutput } from "../output/ownedOutput";
import { dashManifest } from "./dash/mpd";
import { finalRemark, masterPlaylist } from "./hls/master";
import type { CheckedTracks, PublishedTracks, WriteText } from "./kinds/kind";
import type { ManifestStreams } from "./manifest/streams";
import type { ManifestFile } from "../../contract/manifest";

export interface PublishedStreams extends ManifestStreams {
  master: ManifestFile;
  dash?: ManifestFile;
}

/** Publishes everything that leads a player to the segments, and last the playlist that it opens first. */
export async function publishStreams(
  output: OwnedOutput,
  checked: readonly CheckedTracks[],
): Promise<PublishedStreams> {
  const { plan } = output;
  const write: WriteText = async (path, text) => ({ path, bytes: await output.write(path, text) });
  const published: PublishedTracks[] = [];
  for (const tracks of checked) published.push(await tracks.publish(write));
  const master = masterPlaylist(
    published.flatMap(({ master: { variants = [] } }) => variants),
    published.flatMap(({ master: { group } }) => (group ? [group] : [])),
    finalRemark(plan),
  );
  const seconds = checked.flatMap(({ tracks }) => tracks.map(({ duration, timescale }) => duration / timescale));
  const sets = published.flatMap(({ adaptationSets }) => adaptationSets);
  const files = { master: await write(outputs.master, master) };
  if (!plan.dash) await output.remove(outputs.dash);
  const dash = plan.dash ? await write(outputs.dash, dashManifest(plan, Math.max(...seconds), sets)) : undefined;
  const streams = published.reduce<ManifestStreams>((all, tracks) => ({ ...all, ...tracks.streams }), {
    renditions: [],
  });
  return { ...files, ...(dash ? { dash } : {}), ...streams };
}
