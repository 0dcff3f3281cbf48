import type { Plan } from "../../components/workflow/plan";
import { INIT_SEGMENT } from "../output/paths";
import type { ListedSegment } from "../packaging/playlist";
import { lines, plannedTarget, secondsOf, segmentLines, targetDuration } from "../packaging/playlist";

/** A comment line, which players skip: a playlist that was begun for another plan is not continued. */
export function planRemark({ fingerprint }: Pick<Plan, "fingerprint">): string {
  return `# plan ${fingerprint}`;
}

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
    `#EXT-X-MAP:URI="${INIT_SEGMENT}"`,
    ...segmentLines(segments),
    ...(ended ? ["#EXT-X-ENDLIST"] : []),
  );
}

/** The segments that a growing playlist lists already. None when it is not there, of another plan, or the final one. */
export function segmentsIn(text: string | undefined, plan: Plan): ListedSegment[] {
  if (!text?.split("\n").includes(planRemark(plan))) return [];
  return [...text.matchAll(/^#EXTINF:([\d.]+),\n(.+)$/gm)].map(([, seconds, name = ""]) => ({
    name,
    seconds: Number(seconds),
  }));
}
