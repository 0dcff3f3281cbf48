import { damageReport } from "../../contract/damageReport";
import { outputs } from "../../contract/outputs";
import { withAcceptable } from "../damage/limit";
import { JobError } from "../errors/errors";
import { failAfter } from "../errors/log";
import { ensurePlayableSent } from "../events/sendPlayable";
import type { ProgressReport } from "../ffmpeg/progress";
import { removeStaleTracks } from "../output/cleanup";
import { OwnedOutput } from "../output/ownedOutput";
import { removeAbandoned, removeStrayRecords, removeStraySegments } from "../output/tidy";
import type { CheckedTracks } from "../publish/kinds/kind";
import { TRACK_KINDS } from "../publish/kinds/kinds";
import { isComplete } from "../publish/manifest/complete";
import type { Manifest, ManifestFile, Missing } from "../../contract/manifest";
import { readManifest } from "../publish/manifest/read";
import {
  isNothing,
  NOTHING_MISSING,
  unpublishMissing,
  withEncodedTogether,
  withMissingSound,
  without,
} from "../publish/manifest/missing";
import { writeMp4 } from "../publish/mp4";
import { publishStreams } from "../publish/streams";
import { unpublishManifest, unpublishMasters } from "../publish/unpublish";
import { baseName, quote } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Checks all the work, makes MP4s and playlists of it, and says in the manifest that the output is complete. */
export async function packageVideo(job: Job, { target }: Stores, report: ProgressReport): Promise<void> {
  const whole = await OwnedOutput.open(target, job.output, job.plan);
  const missing = withMissingSound(whole.plan, withEncodedTogether(whole.plan, job.missing ?? NOTHING_MISSING));
  const output = whole.narrowedTo(without(whole.plan, missing));
  await output.guard(async () => {
    const manifest = await completeManifest(job, whole, output, { missing, report });
    if (job.batchJob !== undefined) await reportDamage(output, job.batchJob, manifest);
  });
  report.update(1);
}

/** The manifest of an output that is complete, or is made so. */
async function completeManifest(
  job: Job,
  whole: OwnedOutput,
  output: OwnedOutput,
  { missing, report }: { missing: Missing; report: ProgressReport },
): Promise<Manifest> {
  const name = quote(baseName(job.input));
  const earlier = await readManifest(output);
  if (earlier && (await isComplete(output, earlier, missing))) {
    withAcceptable(output.plan, name, earlier.damage ?? [], job);
    await ensurePlayableSent(output, job);
    return earlier;
  }
  await unpublishManifest(output);
  const checked = await checkTracks(output);
  const tracks = checked.flatMap((kind) => kind.tracks);
  const found = tracks.flatMap((track) => track.damage);
  const damage = withAcceptable(output.plan, name, found, job);
  const manifest: Manifest = {
    ...(await publish(output, checked, missing, { job, report })),
    ...(damage.length === 0 ? {} : { damage }),
  };
  await removeStaleTracks(whole);
  await publishManifest(output, manifest, missing);
  return manifest;
}

/** Writes what the state machine says of damage in its notice. */
async function reportDamage(output: OwnedOutput, job: string, { damage = [] }: Manifest): Promise<void> {
  await output.write(outputs.damage(job), JSON.stringify(damageReport(damage)), { intermediate: true });
}

/** What is already playable stays playable during packaging, unless it proves to be incomplete. */
async function checkTracks(output: OwnedOutput): Promise<CheckedTracks[]> {
  try {
    const checked: CheckedTracks[] = [];
    // Sound first: it has one record for each track, a rendition one for each chunk.
    for (const kind of [...TRACK_KINDS].reverse()) checked.unshift(await kind.check(output));
    return checked;
  } catch (error) {
    return failAfter(error, () => unpublishMasters(output));
  }
}

/** Publishes the playlists before the MP4s, which take longer, so that players needn't wait for those. */
async function publish(
  output: OwnedOutput,
  checked: readonly CheckedTracks[],
  missing: Missing,
  { job, report }: { job: Job; report: ProgressReport },
): Promise<Manifest> {
  const { version, fingerprint, source } = output.plan;
  const { renditions: streams, ...playlists } = await publishStreams(output, checked);
  await ensurePlayableSent(output, job);
  await output.remove(outputs.preview);
  await unpublishMissing(output, missing);
  const videos = checked.filter(({ kind }) => kind === "video").flatMap(({ movies }) => movies);
  const others = checked.filter(({ kind }) => kind !== "video").flatMap(({ movies }) => movies);
  const renditions: Manifest["renditions"] = [];
  for (const [index, stream] of streams.entries()) {
    const path = outputs.mp4(stream.name);
    const bytes = await writeMp4(output, path, [...videos.slice(index, index + 1), ...others], (fraction) => {
      report.update((0.99 * (index + fraction)) / streams.length);
    });
    renditions.push({ ...stream, mp4: { path, bytes } });
  }
  await tidy(output, checked);
  const features = await featureFiles(output);
  return {
    ...{ version, fingerprint, source, ...playlists, renditions, features },
    ...(isNothing(missing) ? {} : { missing }),
  };
}

/** Publishes the manifest, and removes it at once if the output is not complete: another execution may have interfered. */
async function publishManifest(output: OwnedOutput, manifest: Manifest, missing: Missing): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await output.write(outputs.manifest, text);
  try {
    await output.assertOwned();
    if (await isComplete(output, manifest, missing)) return;
    throw new JobError(`Files below ${output.prefix} changed while it was packaged; run the package job again.`);
  } catch (error) {
    return failAfter(error, () => output.removeIfOwn(outputs.manifest, text));
  }
}

/** Removes everything that neither the manifest nor a playlist names: leftovers of other plans, encoders and killed jobs. */
async function tidy(output: OwnedOutput, checked: readonly CheckedTracks[]): Promise<void> {
  const tracks = checked.flatMap((kind) => kind.tracks);
  for (const { directory, initName, segments } of tracks) {
    await removeStraySegments(output, directory, new Set([initName, ...Array.from(segments, ({ name }) => name)]));
  }
  for (const { directory, marks } of checked.flatMap(({ records }) => records)) {
    await removeStrayRecords(output, directory, marks);
  }
  await removeAbandoned(output, [
    ...["", outputs.hls, outputs.mp4s, outputs.features, outputs.audioRecords],
    ...tracks.flatMap(({ name }) => [outputs.segments(name), outputs.records(name)]),
  ]);
}

async function featureFiles(output: OwnedOutput): Promise<ManifestFile[]> {
  const found = await output.list(outputs.features);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => ({ path: outputs.features + name, bytes }));
}
