import type { Plan } from "../../contract/plan";
import { JobError } from "../errors";
import type { ProgressReport } from "../ffmpeg/progress";
import { paths } from "../output/paths";
import type { Manifest, ManifestFile } from "../publish/manifest";
import { isComplete, readManifest } from "../publish/manifest";
import type { Missing } from "../publish/missing";
import { isNothing, NOTHING_MISSING, withdrawMissing, withEncodedTogether, without } from "../publish/missing";
import { writeMp4 } from "../publish/mp4";
import { publishStreams } from "../publish/streams";
import { removeTracksOfOthers } from "../output/cleanup";
import { removeLeftovers, removeStrayRecords, removeStraySegments } from "../output/tidy";
import type { Tracks } from "../publish/tracks";
import { checkedTracks } from "../publish/tracks";
import { takeBack, withdrawManifest, withdrawPlaylists } from "../publish/unpublish";
import { HeldOutput } from "../output/ownership";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Checks all the work, makes MP4s and playlists of it, and says in the manifest that the output is complete. */
export async function packageVideo(job: Job, { target }: Stores, report: ProgressReport): Promise<void> {
  const { output } = job;
  const held = await HeldOutput.open(target, output, job.plan);
  const missing = withEncodedTogether(held.plan, job.missing ?? NOTHING_MISSING);
  const plan = without(held.plan, missing);
  await held.during(async () => {
    const earlier = await readManifest(target, output);
    if (earlier && (await isComplete(target, output, earlier, plan, missing))) return;
    await withdrawManifest(held, output);
    const tracks = await playableTracks(held, output, plan);
    await publishManifest(target, held, output, await publish(held, output, plan, tracks, missing, report));
  });
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
  held: HeldOutput,
  output: string,
  plan: Plan,
  tracks: Tracks,
  missing: Missing,
  report: ProgressReport,
): Promise<Manifest> {
  const { renditions: streams, ...playlists } = await publishStreams(held, output, plan, tracks);
  await held.remove(paths.preview(output));
  await withdrawMissing(held, output, missing);
  const renditions: Manifest["renditions"] = [];
  for (const [index, { rendition, track }] of tracks.videos.entries()) {
    const uri = paths.mp4(output, rendition.name);
    const bytes = await writeMp4(held, uri, rendition, track, tracks.audio, (fraction) => {
      report.reached((0.99 * (index + fraction)) / tracks.videos.length);
    });
    const stream = streams[index];
    if (stream) renditions.push({ ...stream, mp4: { path: `mp4/${rendition.name}.mp4`, bytes } });
  }
  await tidy(held, output, tracks);
  await removeTracksOfOthers(held, output, held.plan);
  const features = await featureFiles(held, output);
  return {
    ...{ version: 1, fingerprint: plan.fingerprint, source: plan.source, ...playlists, renditions, features },
    ...(isNothing(missing) ? {} : { missing }),
  };
}

/** Says that the output is complete, and takes it back at once if it is not: another execution may have come between. */
async function publishManifest(storage: Storage, held: HeldOutput, output: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await held.write(paths.manifest(output), text);
  try {
    await held.assertHeld();
    if (await isComplete(held, output, manifest, held.plan, manifest.missing)) return;
    throw new JobError(`Files of ${output} changed while it was packaged; package it again.`);
  } catch (error) {
    await takeBack(storage, paths.manifest(output), text);
    throw error;
  }
}

/** What is published is what the manifest and the playlists name, and nothing that was left behind on the way. */
async function tidy(storage: Storage, output: string, { videos, audio }: Tracks): Promise<void> {
  const tracks = [...videos, ...audio].map(({ track }) => track);
  for (const track of tracks) await removeStraySegments(storage, track);
  for (const { track } of videos) await removeStrayRecords(storage, paths.records(output, track.name), [track.mark]);
  const sound = audio.map(({ track }) => track.mark);
  await removeStrayRecords(storage, paths.audioRecords(output), sound);
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
