import type { PlanSource } from "../../../contract/plan";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The size that pictures have to fit into. */
export interface Fit extends Size {
  /** An expression for the pictures' own shape. By default each picture states its own. */
  shape?: string | undefined;
}

/**
 * An expression for the shape of pictures in a video whose pixels change shape, by their times: newer versions of ffmpeg give
 * every picture the first one's shape.
 *
 * @param origin Seconds that earlier filters take off the source's timestamps.
 * @param whole The ratio of a whole picture's width to its height in pixels. By default that of the filter's own picture.
 */
export function changingShape({ shapes, timeBase }: PlanSource, origin = 0, whole = "a"): string | undefined {
  if (!shapes) return undefined;
  // Half a tick earlier, because times are rounded.
  const seconds = (pts: number): string => (((pts - 0.5) * timeBase[0]) / timeBase[1] - origin).toFixed(6);
  const ratios = shapes.map(({ pixel }) => pixel.join("/"));
  const ratio = shapes
    .slice(1)
    .reduceRight(
      (later, { from }, index) => `if(lt(t,${seconds(from)}),${ratios[index]},${later})`,
      ratios.at(-1) ?? "1",
    );
  return `(${whole}*${ratio})`;
}

/**
 * Expressions for the width and height of pictures that have to fit into a size. Sizes and shapes may change within a video; a
 * picture of another shape keeps its own, between black bars. A difference of a few pixels comes from rounding to even numbers
 * and counts as the same shape.
 */
export function fittedSize({ width, height, shape = "dar" }: Fit): { w: string; h: string } {
  const sameShape = `lt(abs(${shape}*${height}/${width}-1),${(2 / Math.min(width, height)).toFixed(6)})`;
  const even = (length: string): string => `max(2,2*round(${length}/2))`;
  return {
    w: `'if(${sameShape},${width},${even(`min(${width},${height}*${shape})`)})'`,
    h: `'if(${sameShape},${height},${even(`min(${height},${width}/${shape})`)})'`,
  };
}

/** Scales with ffmpeg's own scaler, which accepts pictures whose size changes. */
export function scaleFilter(fit: Fit): string {
  const { w, h } = fittedSize(fit);
  return `scale=w=${w}:h=${h}:eval=frame`;
}

/** Puts pictures that are smaller than the size between black bars. */
export function padFilter({ width, height }: Size): string {
  return `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:eval=frame`;
}
