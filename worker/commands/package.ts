import type { Plan } from "../../components/workflow/plan";
import { ProgressReport } from "../ffmpeg/progress";
import { codecString } from "../fmp4/codecs";
import { PLAYLIST, paths } from "../output/paths";
import type { Bandwidth } from "../packaging/bandwidth";
import { bandwidth } from "../packaging/bandwidth";
import type { Manifest, ManifestFile, ManifestStream } from "../packaging/manifest";
import { isComplete, readManifest, withdraw } from "../packaging/manifest";
import { masterPlaylist } from "../packaging/master";
import { writeMp4 } from "../packaging/mp4";
import { mediaPlaylist } from "../packaging/playlist";
import type { Track } from "../packaging/tracks";
import { audioTrack, videoTrack } from "../packaging/tracks";
import { readPlan } from "../plan/read";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Checks all the work, makes MP4s and playlists of it, and says in the manifest that the output is complete. */
export async function packageVideo({ output }: Job, { target }: Stores): Promise<void> {
  const plan = await readPlan(target, output);
  const report = new ProgressReport();
  const earlier = await readManifest(target, output);
  if (earlier?.fingerprint !== plan.fingerprint || !(await isComplete(target, output, earlier))) {
    await withdraw(target, output);
    await publish(target, output, plan, report);
  }
  report.reached(1);
}

async function publish(storage: Storage, output: string, plan: Plan, report: ProgressReport): Promise<void> {
  // Everything is checked before anything is written.
  const audio = await audioTrack(storage, output, plan);
  const videos = await Promise.all(
    plan.renditions.map(async (rendition) => ({
      rendition,
      track: await videoTrack(storage, output, plan, rendition.name),
    })),
  );

  const renditions: Manifest["renditions"] = [];
  for (const [index, { rendition, track }] of videos.entries()) {
    const mp4 = await writeMp4(storage, paths.mp4(output, rendition.name), rendition, track, audio, (fraction) => {
      report.reached((0.99 * (index + fraction)) / videos.length);
    });
    renditions.push({
      name: rendition.name,
      width: rendition.width,
      height: rendition.pictureHeight,
      frames: track.samples,
      ...(await publishStream(storage, output, track)),
      mp4: { path: relative(output, paths.mp4(output, rendition.name)), bytes: mp4 },
    });
  }
  const sound = audio &&
    plan.audio && { ...(await publishStream(storage, output, audio)), channels: plan.audio.channels };
  const master = await writeFile(storage, output, paths.master(output), masterText(plan, renditions, sound));
  const manifest: Manifest = {
    version: 1,
    fingerprint: plan.fingerprint,
    source: plan.source,
    master,
    renditions,
    ...(sound ? { audio: sound } : {}),
    features: await featureFiles(storage, output),
  };
  await storage.write(paths.manifest(output), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function publishStream(storage: Storage, output: string, track: Track): Promise<ManifestStream> {
  const { peak, average } = bandwidth(track);
  return {
    codec: codecString(track.init),
    durationSeconds: track.duration / track.timescale,
    averageBandwidth: average,
    peakBandwidth: peak,
    segments: track.segments.length,
    playlist: await writeFile(storage, output, paths.segments(output, track.name) + PLAYLIST, mediaPlaylist(track)),
  };
}

function masterText(plan: Plan, renditions: Manifest["renditions"], sound: Manifest["audio"]): string {
  const rates = (stream: ManifestStream): Bandwidth => ({
    peak: stream.peakBandwidth,
    average: stream.averageBandwidth,
  });
  return masterPlaylist(
    renditions.map((stream) => ({ ...stream, frameRate: plan.source.frameRate, bandwidth: rates(stream) })),
    sound && plan.audio && { ...plan.audio, codec: sound.codec, bandwidth: rates(sound) },
  );
}

async function writeFile(storage: Storage, output: string, uri: string, text: string): Promise<ManifestFile> {
  return { path: relative(output, uri), bytes: await storage.write(uri, text) };
}

function relative(output: string, uri: string): string {
  return uri.slice(below(output, "").length);
}

async function featureFiles(storage: Storage, output: string): Promise<ManifestFile[]> {
  const found = await storage.list(paths.feature(output, ""));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => ({ path: `features/${name}`, bytes }));
}
