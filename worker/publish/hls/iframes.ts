import type { SegmentRecord } from "../../output/record";
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
  segments: readonly SegmentRecord[];
  timescale: number;
}

/** The keyframes of a video track. Every fragment is a GOP, and begins with its keyframe. */
export function iframesOf(segments: readonly SegmentRecord[]): IFrame[] {
  return segments.flatMap(({ name, fragments }) =>
    fragments.map((fragment) => ({
      segment: name,
      offset: fragment.offset,
      bytes: fragment.dataOffset - fragment.offset + (fragment.sizes[0] ?? 0),
      duration: fragment.duration,
    })),
  );
}

/** The playlist of keyframes alone, as byte ranges of the segments (RFC 8216, 4.3.3.6). */
export function iframePlaylist({ initName, segments, timescale }: KeyframedTrack): string {
  const frames = iframesOf(segments);
  const seconds = frames.map(({ duration }) => duration / timescale);
  return lines(
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(seconds)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-I-FRAMES-ONLY",
    `#EXT-X-MAP:URI="${initName}"`,
    ...frames.flatMap(({ segment, offset, bytes }, index) => [
      `#EXTINF:${(seconds[index] ?? 0).toFixed(6)},`,
      `#EXT-X-BYTERANGE:${bytes}@${offset}`,
      segment,
    ]),
    "#EXT-X-ENDLIST",
  );
}
