import type { PlanSource } from "../../components/workflow/plan";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";

/** `manifest.json`: written last, so where there is one, everything that it lists is there. */
export interface Manifest {
  version: 1;
  /** Of the plan that all of it was made for. */
  fingerprint: string;
  source: PlanSource;
  master: ManifestFile;
  renditions: ManifestRendition[];
  audio?: ManifestAudio;
  /** Scene changes, poster and thumbnails. */
  features: ManifestFile[];
}

/** Paths are relative to the manifest. */
export interface ManifestFile {
  path: string;
  bytes: number;
}

export interface ManifestStream {
  codec: string;
  durationSeconds: number;
  /** Bits per second. */
  averageBandwidth: number;
  peakBandwidth: number;
  segments: number;
  playlist: ManifestFile;
}

export interface ManifestRendition extends ManifestStream {
  name: string;
  width: number;
  height: number;
  frames: number;
  mp4: ManifestFile;
}

export interface ManifestAudio extends ManifestStream {
  channels: number;
}

export async function readManifest(storage: Storage, output: string): Promise<Manifest | undefined> {
  const text = await storage.readText(paths.manifest(output));
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

/** Whether every file that the manifest names is there with its size. */
export async function isComplete(storage: Storage, output: string, manifest: Manifest): Promise<boolean> {
  const { master, renditions, audio, features } = manifest;
  const files = [
    master,
    ...renditions.flatMap(({ playlist, mp4 }) => [playlist, mp4]),
    ...(audio ? [audio.playlist] : []),
    ...features,
  ];
  const found = await Promise.all(files.map(({ path }) => storage.stat(below(output, path))));
  return files.every(({ bytes }, index) => found[index]?.bytes === bytes);
}

/** An output that is about to change is not complete: the manifest goes first, then the playlist that players open. */
export async function withdraw(storage: Storage, output: string): Promise<void> {
  await storage.remove(paths.manifest(output));
  await storage.remove(paths.master(output));
}
