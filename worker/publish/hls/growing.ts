import type { Plan } from "../../../contract/plan";
import { initSegment, segmentMark } from "../../../contract/outputs";
import { planRemark } from "./master";
import type { ListedSegment } from "./playlist";
import { lines, plannedTarget, secondsOf, segmentLines, targetDuration } from "./playlist";

/**
 * The playlist of everything that is finished without a gap from the beginning (RFC 8216, 4.3.3.5). It only ever grows. Without
 * `EXT-X-START`, players would begin near its end, as with a live broadcast.
 */
export function growingPlaylist(plan: Plan, segments: readonly ListedSegment[], ended: boolean): string {
  return lines([
    "#EXTM3U",
    planRemark(plan),
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${targetDuration(secondsOf(segments), plannedTarget(plan))}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:EVENT",
    "#EXT-X-START:TIME-OFFSET=0",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...segments.slice(0, 1).map(({ name }) => `#EXT-X-MAP:URI="${initSegment(segmentMark(name))}"`),
    ...segmentLines(segments),
    ...(ended ? ["#EXT-X-ENDLIST"] : []),
  ]);
}
