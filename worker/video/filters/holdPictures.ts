import type { PlanSource } from "../../../contract/plan";
import { sumOf } from "../../ffmpeg/sumOf";

/** When the pictures of a chunk are shown, in the source's time base and in order. */
export interface ShownTimes {
  /** The source lists a picture at each. */
  times: readonly number[];
  /** The decoder gives a picture at each. */
  decoded: readonly number[];
}

/** The input whose pictures are shown at the times. */
const CLOCK = "1:0";

/**
 * The beginning of a filter graph in which the picture before is shown again for each that can't be decoded: at every time of the clock the
 * filter gives the latest picture of the source. Before the first that can be decoded, that one is shown.
 */
export function holdPictures({ videoStream }: Pick<PlanSource, "videoStream">, { times, decoded }: ShownTimes): string {
  const first = times[0] as number;
  const last = decoded.at(-1) as number;
  const lacksFirst = first < (decoded[0] as number);
  const ending = times.filter((time) => time > last);
  return [
    `[0:${videoStream}]${lacksFirst ? `setpts='if(eq(N,0),${first},PTS)'` : "null"}`,
    // The filter that follows ends with the last picture, so there are more of those than are needed, and some are removed again.
    ...(ending.length > 0 ? [`tpad=stop_mode=clone:stop=${2 * ending.length + 2}`] : []),
  ]
    .join(",")
    .concat(
      `[decoded];[decoded][${CLOCK}]streamselect=inputs=2:map=0`,
      // A decoder may give several pictures the same time.
      ",select='isnan(prev_selected_pts)+gt(pts,prev_selected_pts)'",
      ending.length > 0 ? `,select='lte(pts,${last})+${sumOf(ending.map((time) => `eq(pts,${time})`))}'` : "",
    );
}

/** The times of the clock: one long before the chunk and one long after it let pictures pass that only others are made from. */
export function clockTimes({ times }: ShownTimes, before: number, after: number): number[] {
  return [(times[0] as number) - before, ...times, (times.at(-1) as number) + after];
}
