import type { AudioPurpose, PlanSource, RenditionColour } from "../../../contract/plan";
import type { EncodedBy } from "../../../contract/encodedBy";
import { outputs } from "../../../contract/outputs";
import type { PlannedTrack } from "../../plan/tracks";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { Missing } from "./missing";

/** `manifest.json`: written last, so where there is one, everything that it lists is there. */
export interface Manifest {
  version: 1;
  /** Fingerprint of the plan that everything was made for. */
  fingerprint: string;
  source: PlanSource;
  master: ManifestFile;
  /** The MPEG-DASH manifest over the same segments, if one is wanted. */
  dash?: ManifestFile;
  renditions: ManifestRendition[];
  /** The sound tracks, the default one first. Absent if there are none. */
  audio?: ManifestAudio[];
  /** Scene changes, poster and thumbnails. */
  features: ManifestFile[];
  /** What failed for good and is left out. Absent when nothing is missing. */
  missing?: Missing;
}

/** Paths are relative to the manifest. */
export interface ManifestFile {
  path: string;
  bytes: number;
}

/** What every kind of track has. */
export interface ManifestStream {
  codec: string;
  /** The ffmpeg that made it, and which of its encoders. */
  encodedBy: EncodedBy;
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
  /** Bits of each colour value, and whether they are SDR, PQ or HLG. */
  bitDepth: 8 | 10;
  range: RenditionColour["range"];
  /** The playlist of keyframes alone. */
  iframes: ManifestFile;
  mp4: ManifestFile;
}

/** A rendition before its MP4 is written. */
export type RenditionStream = Omit<ManifestRendition, "mp4">;

export interface ManifestAudio extends ManifestStream {
  name: string;
  label: string;
  /** As in BCP 47. */
  language?: string;
  purpose?: AudioPurpose;
  channels: number;
}

/** The tracks of a manifest by kind, before there are MP4s. */
export interface ManifestStreams {
  renditions: RenditionStream[];
  audio?: ManifestAudio[];
}

export async function readManifest(output: OwnedOutput): Promise<Manifest | undefined> {
  const text = await output.readText(outputs.manifest);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

/** A track of a manifest, whatever its kind. */
export interface ManifestTrack {
  kind: PlannedTrack["kind"];
  name: string;
  encodedBy: EncodedBy;
  /** All files but the segments. */
  files: ManifestFile[];
}

export function manifestTracks({ renditions, audio = [] }: Manifest): ManifestTrack[] {
  return [
    ...renditions.map(({ name, encodedBy, playlist, iframes, mp4 }) => {
      return { kind: "video" as const, name, encodedBy, files: [playlist, iframes, mp4] };
    }),
    ...audio.map(({ name, encodedBy, playlist }) => {
      return { kind: "audio" as const, name, encodedBy, files: [playlist] };
    }),
  ];
}

/** Every file that the manifest names. */
export function filesOf(manifest: Manifest): ManifestFile[] {
  const { master, dash, features } = manifest;
  return [master, ...(dash ? [dash] : []), ...manifestTracks(manifest).flatMap(({ files }) => files), ...features];
}
