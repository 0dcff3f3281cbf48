import type { PlanSource } from "../../contract/plan";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The size that pictures have to fit into. */
export interface Fit extends Size {
  /** Their own shape, as an expression. By default what each says of itself. */
  shape?: string | undefined;
}

/**
 * The shape of the pictures of a video in which that of pixels changes, by their times: newer versions of ffmpeg make every picture say
 * what the first one does.
 *
 * @param origin Seconds that are taken off the source's timestamps before.
 */
export function changingShape({ shapes, timeBase }: PlanSource, origin = 0): string | undefined {
  if (!shapes) return undefined;
  // Half a tick earlier, for times are rounded.
  const seconds = (pts: number): string => (((pts - 0.5) * timeBase[0]) / timeBase[1] - origin).toFixed(6);
  const ratios = shapes.map(({ pixel }) => pixel.join("/"));
  const ratio = shapes
    .slice(1)
    .reduceRight(
      (later, { from }, index) => `if(lt(t,${seconds(from)}),${ratios[index]},${later})`,
      ratios.at(-1) ?? "1",
    );
  return `(a*${ratio})`;
}

/**
 * Width and height, as expressions, of pictures that have to fit into a size. Sizes and shapes may change within a video; a
 * picture of another shape keeps its own, between black bars. Even numbers round, so a few pixels are no other shape.
 */
export function fitted({ width, height, shape = "dar" }: Fit): { w: string; h: string } {
  const sameShape = `lt(abs(${shape}*${height}/${width}-1),${(2 / Math.min(width, height)).toFixed(6)})`;
  const even = (length: string): string => `max(2,2*round(${length}/2))`;
  return {
    w: `'if(${sameShape},${width},${even(`min(${width},${height}*${shape})`)})'`,
    h: `'if(${sameShape},${height},${even(`min(${height},${width}/${shape})`)})'`,
  };
}

/** With ffmpeg's own scaler, which takes pictures of any size as they come. */
export function scaled(fit: Fit): string {
  const { w, h } = fitted(fit);
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
