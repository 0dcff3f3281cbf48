import { outputs } from "../../../contract/outputs";
import type { Plan } from "../../../contract/plan";
import { mediaLanguage, sampleDescription } from "../../fmp4/initSegment";
import type { MovieTrack } from "../../fmp4/movie";
import type { Bandwidth } from "../hls/bandwidth";
import { bandwidth } from "../hls/bandwidth";
import { listSegments, mediaPlaylist, plannedTarget } from "../hls/playlist";
import type { ManifestStream } from "../../../contract/manifest";
import type { Track } from "../tracks/track";
import type { WriteText } from "./kind";

/** Writes a track's playlist, and describes what every kind of track has. */
export async function publishStream(
  plan: Plan,
  track: Track,
  codec: string,
  write: WriteText,
): Promise<Omit<ManifestStream, "name">> {
  const { peak, average } = bandwidth(track);
  return {
    codec,
    encodedBy: track.encodedBy,
    durationSeconds: track.duration / track.timescale,
    averageBandwidth: average,
    peakBandwidth: peak,
    segments: track.segments.length,
    playlist: await write(
      outputs.playlist(track.name),
      mediaPlaylist(track.initName, listSegments(track), plannedTarget(plan)),
    ),
  };
}

export function bandwidthOf({ peakBandwidth, averageBandwidth }: ManifestStream): Bandwidth {
  return { peak: peakBandwidth, average: averageBandwidth };
}

/** What a track of an MP4 takes over from the segments. */
export function movieContent({ timescale, duration, init, segments, tables }: Track) {
  return {
    timescale,
    duration,
    language: mediaLanguage(init),
    sampleDescription: sampleDescription(init),
    fragments: segments.fragments,
    ...tables,
  } satisfies Partial<MovieTrack>;
}
