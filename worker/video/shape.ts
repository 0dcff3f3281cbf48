import type { PlanSource } from "../../contract/plan";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/**
 * Width and height, as expressions, of pictures that have to fit into a size. Sizes and shapes may change within a video; a
 * picture of another shape keeps its own, between black bars. Even numbers round, so a few pixels are no other shape.
 */
export function fitted({ width, height }: Size): { w: string; h: string } {
  const sameShape = `lt(abs(dar*${height}/${width}-1),${(2 / Math.min(width, height)).toFixed(6)})`;
  const even = (length: string): string => `max(2,2*round(${length}/2))`;
  return {
    w: `'if(${sameShape},${width},${even(`min(${width},${height}*dar)`)})'`,
    h: `'if(${sameShape},${height},${even(`min(${height},${width}/dar)`)})'`,
  };
}

/** With ffmpeg's own scaler, which takes pictures of any size as they come. */
export function scaled(size: Size): string {
  const { w, h } = fitted(size);
  return `scale=w=${w}:h=${h}:eval=frame`;
}

/** Fills the size up with bars. */
export function barred({ width, height }: Size): string {
  return `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:eval=frame`;
}

/**
 * Options of an input. Filters begin anew when the size of pictures changes, and forget what they count, unless all of them
 * take every size. Those with which ffmpeg turns pictures upright don't.
 */
export function keptFilters({ turn }: Pick<PlanSource, "turn">, filters: string): string[] {
  return turn || /\b(?:zscale|bwdif|estdif|field)=/.test(filters) ? [] : ["-reinit_filter", "0"];
}
