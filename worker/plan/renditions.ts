import type { LadderRendition, PlanRendition } from "../../components/workflow/plan";

/** As displayed: square pixels, rotation applied. */
export interface DisplaySize {
  width: number;
  height: number;
}

/**
 * The renditions that are no larger than the source, with the source's shape. When all are larger, the smallest is made
 * at the source's own size, so that every video has one.
 */
export function fittingRenditions(ladder: readonly LadderRendition[], source: DisplaySize): PlanRendition[] {
  const shorter = Math.min(source.width, source.height);
  const fitting = ladder.filter(({ height }) => height <= shorter);
  if (fitting.length > 0) return fitting.map((rendition) => ({ ...rendition, ...scaled(source, rendition.height) }));
  const smallest = ladder.reduce((least, rendition) => (rendition.height < least.height ? rendition : least));
  return [{ ...smallest, width: evenBelow(source.width), pictureHeight: evenBelow(source.height) }];
}

/** H.264 with 4:2:0 chroma needs even numbers. */
function scaled({ width, height }: DisplaySize, shorter: number): { width: number; pictureHeight: number } {
  const factor = shorter / Math.min(width, height);
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  return { width: side(width), pictureHeight: side(height) };
}

function evenBelow(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
