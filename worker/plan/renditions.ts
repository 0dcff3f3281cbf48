import type { LadderRendition, PlanRendition, PlanSource } from "../../contract/plan";
import { renditionColour } from "./colour";
import { leastSide } from "./minimumSide";

/** As displayed: square pixels, rotation applied. */
export interface DisplaySize {
  width: number;
  height: number;
}

/**
 * The renditions that are no larger than the source, with the source's shape. When all are larger, the smallest is made
 * at the source's own size, so that every video has one; and if there are several of that height, in other codecs for
 * example, all of them. Those that come out smaller than their encoder takes are left out.
 */
export function fittingRenditions(
  ladder: readonly LadderRendition[],
  source: DisplaySize & Pick<PlanSource, "colour">,
): PlanRendition[] {
  const colour = (rendition: LadderRendition): Pick<PlanRendition, "colour"> => {
    const found = renditionColour(rendition, source.colour);
    return found ? { colour: found } : {};
  };
  return sized(ladder, source)
    .map((rendition) => ({ ...rendition, ...colour(rendition) }))
    .filter(isEncodable);
}

function sized(ladder: readonly LadderRendition[], source: DisplaySize): PlanRendition[] {
  const shorter = Math.min(source.width, source.height);
  const fitting = ladder.filter(({ height }) => height <= shorter);
  if (fitting.length > 0) return fitting.map((rendition) => ({ ...rendition, ...scaled(source, rendition.height) }));
  const least = Math.min(...ladder.map(({ height }) => height));
  const own = { width: evenBelow(source.width), pictureHeight: evenBelow(source.height) };
  return ladder.filter(({ height }) => height === least).map((rendition) => ({ ...rendition, ...own }));
}

function isEncodable(rendition: PlanRendition): boolean {
  return Math.min(rendition.width, rendition.pictureHeight) >= leastSide(rendition);
}

/** 4:2:0 chroma needs even numbers. */
function scaled({ width, height }: DisplaySize, shorter: number): { width: number; pictureHeight: number } {
  const factor = shorter / Math.min(width, height);
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  return { width: side(width), pictureHeight: side(height) };
}

function evenBelow(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
