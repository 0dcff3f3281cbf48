import { INIT_SEGMENT } from "../output/paths";
import type { Track } from "./tracks";

/** The VOD playlist of one rendition or of the sound (RFC 8216, fMP4 since version 6, `EXT-X-MAP` in 7 with CMAF). */
export function mediaPlaylist({ segments, timescale }: Pick<Track, "segments" | "timescale">): string {
  const seconds = segments.map(({ duration }) => duration / timescale);
  return lines(
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(seconds)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI="${INIT_SEGMENT}"`,
    ...segments.flatMap(({ name }, index) => [`#EXTINF:${(seconds[index] ?? 0).toFixed(6)},`, name]),
    "#EXT-X-ENDLIST",
  );
}

/** Every segment's duration, rounded to the nearest second, is at most this (RFC 8216, 4.3.3.1). */
export function targetDuration(seconds: readonly number[]): number {
  return Math.max(1, ...seconds.map((duration) => Math.round(duration)));
}

export function lines(...content: string[]): string {
  return `${content.join("\n")}\n`;
}
