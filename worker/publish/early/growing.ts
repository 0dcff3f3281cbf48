import type { Plan } from "../../../contract/plan";
import { initSegment, planMark } from "../../../contract/outputs";
import { planRemark } from "../master";
import type { ListedSegment } from "../playlist";
import { lines, plannedTarget, secondsOf, segmentLines, targetDuration } from "../playlist";

/**
 * The playlist of what is finished so far, from the beginning on (RFC 8216, 4.3.3.5): it only ever grows. Without
 * `EXT-X-START`, players would begin near the end of it, as with a live broadcast.
 */
export function growingPlaylist(plan: Plan, segments: readonly ListedSegment[], ended: boolean): string {
  return lines(
    "#EXTM3U",
    planRemark(plan),
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(secondsOf(segments), plannedTarget(plan))}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:EVENT",
    "#EXT-X-START:TIME-OFFSET=0",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI="${initSegment(plan)}"`,
    ...segmentLines(segments),
    ...(ended ? ["#EXT-X-ENDLIST"] : []),
  );
}

/** The segments that a playlist lists already. None when it is not there or of another plan. */
export function segmentsIn(text: string | undefined, plan: Plan): ListedSegment[] {
  if (!text?.includes(`-${planMark(plan)}.m4s`)) return [];
  return [...text.matchAll(/^#EXTINF:([\d.]+),\n(.+)$/gm)].map(([, seconds, name = ""]) => ({
    name,
    seconds: Number(seconds),
  }));
}
