import type { Plan } from "../../../contract/plan";
import type { Fingerprinted } from "../../../contract/outputs";
import { planMark, segmentMark } from "../../../contract/outputs";
import { LONGEST_FRAME_SECONDS } from "../../audio/codecs/audioCodecs";
import type { SegmentRecord } from "../../output/record";

/** A segment as a playlist lists it. */
export interface ListedSegment {
  name: string;
  seconds: number;
}

interface ListableTrack {
  segments: Iterable<Pick<SegmentRecord, "name" | "duration">>;
  timescale: number;
}

export function listSegments({ segments, timescale }: ListableTrack): ListedSegment[] {
  return Array.from(segments, ({ name, duration }) => ({ name, seconds: duration / timescale }));
}

/**
 * The VOD playlist of one track (RFC 8216, fMP4 since version 6, `EXT-X-MAP` in 7 with CMAF).
 *
 * @param target Minimum target duration in seconds: the one that the growing playlist of the same segments had.
 */
export function mediaPlaylist(initName: string, segments: readonly ListedSegment[], target = 1): string {
  return lines([
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(secondsOf(segments), target)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    FINAL,
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI="${initName}"`,
    ...segmentLines(segments),
    "#EXT-X-ENDLIST",
  ]);
}

const FINAL = "#EXT-X-PLAYLIST-TYPE:VOD";

/** Whether a playlist is the one that packaging wrote. */
export function isFinal(playlist: string): boolean {
  return playlist.split("\n").includes(FINAL);
}

export function segmentLines(segments: readonly ListedSegment[]): string[] {
  return segments.flatMap(({ name, seconds }) => [`#EXTINF:${seconds.toFixed(6)},`, name]);
}

/** The segments that a playlist lists, all of one encode. None if there is no playlist or it belongs to another plan. */
export function segmentsIn(text: string | undefined, plan: Fingerprinted): ListedSegment[] {
  if (!text?.includes(`-${planMark(plan)}-`)) return [];
  return [...text.matchAll(/^#EXTINF:([\d.]+),\n(.+)$/gm)].map(([, seconds, name = ""]) => ({
    name,
    seconds: Number(seconds),
  }));
}

/** The mark of the encode that a playlist lists. Absent if it lists no segment of the plan. */
export function encodeIn(text: string | undefined, plan: Fingerprinted): string | undefined {
  const [first] = segmentsIn(text, plan);
  return first && segmentMark(first.name);
}

export function secondsOf(segments: readonly ListedSegment[]): number[] {
  return segments.map(({ seconds }) => seconds);
}

/** Every segment's duration, rounded to the nearest second, is at most this (RFC 8216, 4.3.3.1). */
export function targetDuration(seconds: readonly number[], least = 1): number {
  return seconds.reduce((longest, duration) => Math.max(longest, Math.round(duration)), Math.max(1, least));
}

/**
 * The target duration before any segment is there, because it must not change while a playlist grows (RFC 8216, 6.2.1). A segment ends
 * before the first picture or audio frame that begins in the next segment's time. Only a picture that is held, or a pause in the source,
 * can make one longer.
 */
export function plannedTarget(plan: Pick<Plan, "segmentSeconds" | "source" | "pictures" | "boundaries">): number {
  const { segmentSeconds, source } = plan;
  const [numerator, denominator] = source.frameRate;
  const longest = segmentSeconds + Math.max(denominator / numerator, LONGEST_FRAME_SECONDS) + longestHold(plan);
  return Math.max(1, Math.round(longest));
}

/** The most seconds for which the first or the last picture is shown besides its own time. */
function longestHold({ source, pictures, boundaries }: Pick<Plan, "source" | "pictures" | "boundaries">): number {
  if (!pictures) return 0;
  const [[first, end], [ticks, ticksPerSecond]] = [pictures, source.timeBase];
  const [from = first, until = end] = [boundaries[0], boundaries.at(-1)];
  return (Math.max(first - from, until - end) * ticks) / ticksPerSecond;
}

/** Takes a list, since a day has more lines than a call may have arguments. */
export function lines(content: readonly string[]): string {
  return `${content.join("\n")}\n`;
}
