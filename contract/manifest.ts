import type { Damage } from "./damage";
import type { EncodedBy } from "./encodedBy";
import type { PlanSource, RenditionColour } from "./plan";
import type { AudioPurpose } from "./sourceAudio";

/** `manifest.json`: written last, so if it exists, everything that it lists exists. */
export interface Manifest {
  version: 1;
  /** Fingerprint of the plan that everything was made for. */
  fingerprint: string;
  source: PlanSource;
  master: ManifestFile;
  /** The MPEG-DASH manifest over the same segments, if one is wanted. */
  dash?: ManifestFile;
  renditions: ManifestRendition[];
  /** The audio tracks, the default one first. Absent if there are none. */
  audio?: ManifestAudio[];
  /** Scene changes, poster and thumbnails. */
  features: ManifestFile[];
  /** What failed for good and is left out. Absent when nothing is missing. */
  missing?: Missing;
  /** Where the source is damaged, in order. Absent where it isn't. */
  damage?: Damage[];
}

/** Paths are relative to the manifest. */
export interface ManifestFile {
  path: string;
  bytes: number;
}

/** What every kind of track has. */
export interface ManifestStream {
  name: string;
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

export interface ManifestAudio extends ManifestStream {
  label: string;
  /** As in BCP 47. */
  language?: string;
  purpose?: AudioPurpose;
  channels: number;
}

/** What failed for good and is left out of the output. */
export interface Missing {
  renditions: string[];
  features: boolean;
  /** Audio tracks of the source, by their streams: `stream 2`. Absent when none is missing. */
  sound?: string[];
  /** Why: a sentence for each failure, beginning with the step that failed. */
  causes?: string[];
}

/** A track of a manifest. */
export type ManifestTrack = ({ kind: "video" } & ManifestRendition) | ({ kind: "audio" } & ManifestAudio);

/** All tracks of a manifest, whatever their kind. */
export function manifestTracks({ renditions, audio = [] }: Pick<Manifest, "renditions" | "audio">): ManifestTrack[] {
  return [
    ...renditions.map((rendition) => ({ kind: "video" as const, ...rendition })),
    ...audio.map((track) => ({ kind: "audio" as const, ...track })),
  ];
}

/** Every file that the manifest names. */
export function filesOf(manifest: Manifest): ManifestFile[] {
  const { master, dash, features } = manifest;
  return [master, ...(dash ? [dash] : []), ...manifestTracks(manifest).flatMap(trackFiles), ...features];
}

/** All files of a track but its segments. */
function trackFiles(track: ManifestTrack): ManifestFile[] {
  return track.kind === "video" ? [track.playlist, track.iframes, track.mp4] : [track.playlist];
}
