import { lines, targetDuration } from "./playlist";

/** A keyframe within its segment: the `moof` that describes it and the media up to its end. */
export interface IFrame {
  segment: string;
  offset: number;
  bytes: number;
  /** Ticks until the next keyframe. */
  duration: number;
}

interface KeyframedTrack {
  initName: string;
  keyframes: readonly IFrame[];
  timescale: number;
}

/** The playlist of keyframes alone, as byte ranges of the segments (RFC 8216, 4.3.3.6). */
export function iframePlaylist({ initName, keyframes, timescale }: KeyframedTrack): string {
  const seconds = keyframes.map(({ duration }) => duration / timescale);
  return lines([
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(seconds)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-I-FRAMES-ONLY",
    `#EXT-X-MAP:URI="${initName}"`,
    ...keyframes.flatMap(({ segment, offset, bytes }, index) => [
      `#EXTINF:${(seconds[index] ?? 0).toFixed(6)},`,
      `#EXT-X-BYTERANGE:${bytes}@${offset}`,
      segment,
    ]),
    "#EXT-X-ENDLIST",
  ]);
}
