import type { Plan } from "../../contract/plan";
import { below } from "../storage/uri";

/** Where everything is below the output prefix. */
export const paths = {
  metadata: (output: string) => below(output, "metadata.json"),
  plan: (output: string) => below(output, "plan.json"),
  manifest: (output: string) => below(output, "manifest.json"),
  feature: (output: string, name: string) => below(output, `features/${name}`),
  record: (output: string, rendition: string, chunk: ChunkName) =>
    below(output, `work/${rendition}/${chunkName(chunk)}.json`),
  audioRecord: (output: string, track: string) => below(output, `work/${track}.json`),
  /** The sentence of a failed job. */
  failure: (output: string, job: string) => below(output, `work/failures/${job}.txt`),
  master: (output: string) => below(output, "hls/master.m3u8"),
  /** What plays before somebody has approved of it. */
  preview: (output: string) => below(output, "hls/preview.m3u8"),
  /** Beside the segments that it shares with HLS. */
  dash: (output: string) => below(output, "hls/manifest.mpd"),
  /** The directory that has one for each track, with the slash. */
  hls: (output: string) => below(output, "hls/"),
  /** The directory of a rendition's segments, with the slash, or of those of a track of sound. */
  segments: (output: string, rendition: string) => below(output, `hls/${rendition}/`),
  playlist: (output: string, rendition: string) => below(output, `hls/${rendition}/${PLAYLIST}`),
  iframes: (output: string, rendition: string) => below(output, `hls/${rendition}/${IFRAMES}`),
  mp4: (output: string, rendition: string) => below(output, `mp4/${rendition}.mp4`),
} as const;

export const PLAYLIST = "playlist.m3u8";
/** The playlist of a rendition's keyframes alone, with which players fast-forward and show pictures while seeking. */
export const IFRAMES = "iframes.m3u8";
/** The name of the first track of sound among the renditions, of the others with a number, and of their group. */
export const AUDIO = "audio";

export interface ChunkName {
  /** Counted from 1, as in the names of the states. */
  part: number;
  /** Counted from 0 within the part, as Batch counts an array's children. */
  index: number;
}

export function chunkName({ part, index }: ChunkName): string {
  return `${part}-${String(index).padStart(5, "0")}`;
}

/**
 * Media of different plans have different names: no job, however late, writes over what another plan's playlists list, and
 * no cache on the way to a player mixes two of them.
 */
export function planMark({ fingerprint }: Fingerprinted): string {
  return fingerprint.slice(0, 8);
}

export function initSegment(plan: Fingerprinted): string {
  return `init-${planMark(plan)}.mp4`;
}

/**
 * Segments are named by when they begin, which chunks that know nothing of each other agree on, and which DASH can put into a
 * template.
 * @param time When the first sample is shown, in ticks of the track.
 */
export function segmentName(plan: Fingerprinted, time: number): string {
  return segmentNames(plan, String(time).padStart(TIME_DIGITS, "0"));
}

export function segmentTime(name: string): number {
  return Number.parseInt(name, 10);
}

/** The names of a track's segments, as DASH writes them: `$Time$` stands for when one begins. */
export function segmentTemplate(plan: Fingerprinted): string {
  return segmentNames(plan, `$Time%0${TIME_DIGITS}d$`);
}

/** Listings are in order for three hours at 90,000 ticks a second. ffmpeg reads no templates with more than one digit of width. */
const TIME_DIGITS = 9;

function segmentNames(plan: Fingerprinted, time: string): string {
  return `${time}-${planMark(plan)}.m4s`;
}

/** Whether media have a name of this pipeline's, of whatever plan. */
export function isMarked(name: string): boolean {
  return /-[0-9a-f]{8}\.(?:m4s|mp4)$/.test(name);
}

export type Fingerprinted = Pick<Plan, "fingerprint">;
