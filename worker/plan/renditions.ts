import type { LadderRendition, PlanRendition, PlanSource } from "../../contract/plan";
import { renditionColour } from "./colour";
import { minimumSide } from "./minimumSide";

/** The size as displayed: in square pixels, with the rotation applied. */
export interface DisplaySize {
  width: number;
  height: number;
}

/**
 * Selects the renditions that are no larger than the source, and gives them the source's shape. If all are larger, it takes the smallest,
 * and any others of the same height, for example in another codec, at the source's own size, so that every video has a rendition.
 * Renditions too small for their encoder are left out.
 */
export function selectRenditions(
  ladder: readonly LadderRendition[],
  source: DisplaySize & Pick<PlanSource, "colour">,
): PlanRendition[] {
  const colour = (rendition: LadderRendition): Pick<PlanRendition, "colour"> => {
    const found = renditionColour(rendition, source.colour);
    return found ? { colour: found } : {};
  };
  return fitToSource(ladder, source)
    .map((rendition) => ({ ...rendition, ...colour(rendition) }))
    .filter(isEncodable);
}

function fitToSource(ladder: readonly LadderRendition[], source: DisplaySize): PlanRendition[] {
  const shorter = Math.min(source.width, source.height);
  const fitting = ladder.filter(({ height }) => height <= shorter);
  if (fitting.length > 0)
    return fitting.map((rendition) => ({ ...rendition, ...scaleToShorterSide(source, rendition.height) }));
  const lowest = Math.min(...ladder.map(({ height }) => height));
  const own = { width: floorToEven(source.width), pictureHeight: floorToEven(source.height) };
  return ladder.filter(({ height }) => height === lowest).map((rendition) => ({ ...rendition, ...own }));
}

function isEncodable(rendition: PlanRendition): boolean {
  return Math.min(rendition.width, rendition.pictureHeight) >= minimumSide(rendition);
}

/** Rounds to even numbers, which 4:2:0 chroma needs. */
function scaleToShorterSide({ width, height }: DisplaySize, shorter: number): { width: number; pictureHeight: number } {
  const factor = shorter / Math.min(width, height);
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  return { width: side(width), pictureHeight: side(height) };
}

function floorToEven(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
