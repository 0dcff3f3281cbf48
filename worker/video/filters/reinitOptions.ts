import type { PlanSource } from "../../../contract/plan";

/**
 * Options of an input that keep its filters when the size of its pictures changes. By default ffmpeg starts them again, and they
 * lose what they counted. They can stay only if all of them accept every size, which the filters that ffmpeg rotates pictures
 * with don't.
 */
export function reinitOptions({ turn: rotation }: Pick<PlanSource, "turn">, filters: string): string[] {
  return rotation || /\b(?:zscale|crop|premultiply|bwdif|estdif|field)=/.test(filters) ? [] : ["-reinit_filter", "0"];
}
