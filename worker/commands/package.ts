import type { Plan } from "../../components/workflow/plan";
import type { ProgressReport } from "../ffmpeg/progress";
import { paths } from "../output/paths";
import type { Manifest, ManifestFile } from "../packaging/manifest";
import { isComplete, readManifest } from "../packaging/manifest";
import { writeMp4 } from "../packaging/mp4";
import { publishStreams } from "../packaging/streams";
import { removeLeftovers, removeStraySegments } from "../packaging/tidy";
import type { Tracks } from "../packaging/tracks";
import { checkedTracks } from "../packaging/tracks";
import { withdrawManifest, withdrawPlaylists } from "../packaging/withdraw";
import { readPlan } from "../plan/read";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Checks all the work, makes MP4s and playlists of it, and says in the manifest that the output is complete. */
export async function packageVideo({ output }: Job, { target }: Stores, report: ProgressReport): Promise<void> {
  const plan = await readPlan(target, output);
  const earlier = await readManifest(target, output);
  if (!earlier || !(await isComplete(target, output, earlier, plan))) {
    await withdrawManifest(target, output);
    await publish(target, output, plan, await playableTracks(target, output, plan), report);
  }
  report.reached(1);
}

/** What is playable already stays so while it is packaged, unless it proves not to be whole. */
async function playableTracks(storage: Storage, output: string, plan: Plan): Promise<Tracks> {
  try {
    return await checkedTracks(storage, output, plan);
  } catch (error) {
    await withdrawPlaylists(storage, output);
    throw error;
  }
}

/** Playlists come before the MP4s, which take longer: whoever plays already need not wait for those. */
async function publish(
  storage: Storage,
  output: string,
  plan: Plan,
  tracks: Tracks,
  report: ProgressReport,
): Promise<void> {
  const { renditions: streams, ...playlists } = await publishStreams(storage, output, plan, tracks);
  const renditions: Manifest["renditions"] = [];
  for (const [index, { rendition, track }] of tracks.videos.entries()) {
    const uri = paths.mp4(output, rendition.name);
    const bytes = await writeMp4(storage, uri, rendition, track, tracks.audio, (fraction) => {
      report.reached((0.99 * (index + fraction)) / tracks.videos.length);
    });
    const stream = streams[index];
    if (stream) renditions.push({ ...stream, mp4: { path: `mp4/${rendition.name}.mp4`, bytes } });
  }
  await tidy(storage, output, tracks);
  const manifest: Manifest = {
    version: 1,
    fingerprint: plan.fingerprint,
    source: plan.source,
    ...playlists,
    renditions,
    features: await featureFiles(storage, output),
  };
  await storage.write(paths.manifest(output), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What is published is what the manifest and the playlists name, and nothing that was left behind on the way. */
async function tidy(storage: Storage, output: string, { videos, audio }: Tracks): Promise<void> {
  const tracks = [...videos, ...audio].map(({ track }) => track);
  for (const track of tracks) await removeStraySegments(storage, track);
  const directories = [
    "",
    "hls/",
    "mp4/",
    "features/",
    "work/",
    ...tracks.flatMap(({ name }) => [`hls/${name}/`, `work/${name}/`]),
  ];
  await removeLeftovers(
    storage,
    [...new Set(directories)].map((name) => below(output, name)),
  );
}

async function featureFiles(storage: Storage, output: string): Promise<ManifestFile[]> {
  const found = await storage.list(paths.feature(output, ""));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => ({ path: `features/${name}`, bytes }));
}
