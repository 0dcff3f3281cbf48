import type { ManifestAudio, ManifestRendition } from "../../../contract/manifest";

/** A rendition before its MP4 is written. */
export type RenditionStream = Omit<ManifestRendition, "mp4">;

/** The tracks of a manifest, before there are MP4s. */
export interface ManifestStreams {
  renditions: RenditionStream[];
  audio?: ManifestAudio[];
}
