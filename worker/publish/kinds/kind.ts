import type { PlannedTrack } from "../../../contract/plan";
import type { MovieTrack } from "../../fmp4/movie";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { AdaptationSet } from "../dash/mpd";
import type { MediaGroup, Variant } from "../hls/master";
import type { ManifestStreams } from "../manifest/streams";
import type { ManifestFile } from "../../../contract/manifest";
import type { Track } from "../tracks/track";

/** What publishing knows about one kind of track. */
export interface TrackKind {
  kind: PlannedTrack["kind"];
  /** Checks all tracks of this kind that the plan asks for, before anything is written. */
  check(output: OwnedOutput): Promise<CheckedTracks>;
  /** What the master playlist can list while the video is still being made. Absent if players must wait. */
  growing(output: OwnedOutput): Promise<MasterEntries | undefined>;
}

/** The tracks of one kind, all of whose segments are there. */
export interface CheckedTracks {
  kind: PlannedTrack["kind"];
  tracks: readonly Track[];
  /** The tracks that belong into MP4s. */
  movies: readonly TrackOfMovie[];
  /** The directories of their records, with the marks of the encodes that stay. */
  records: readonly { directory: string; marks: string[] }[];
  /** Writes their own playlists. */
  publish(write: WriteText): Promise<PublishedTracks>;
}

/** A track, and how an MP4 describes it. */
export interface TrackOfMovie {
  track: Track;
  movie: MovieTrack;
}

export interface PublishedTracks {
  /** What the manifest says about them. */
  streams: Partial<ManifestStreams>;
  master: MasterEntries;
  adaptationSets: readonly AdaptationSet[];
}

/** What the master playlist lists: streams to choose from, or a group of tracks that go with each of them. */
export interface MasterEntries {
  variants?: readonly Variant[];
  group?: MediaGroup;
}

/** Writes a text below the output, and returns how the manifest lists it. */
export type WriteText = (path: string, text: string) => Promise<ManifestFile>;
