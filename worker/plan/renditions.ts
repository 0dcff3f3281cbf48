import type { LadderRendition, PlanRendition, PlanSource } from "../../contract/plan";
import { renditionColour } from "./colour";
import { minimumSide } from "./minimumSide";

/** The size as displayed: in square pixels, with the rotation applied. */
export interface DisplaySize {
  width: number;
  height: number;
}

/** Tenths of the height of its highest fitting rendition that a source must have to be made at its own size too. */
const WORTH_ANOTHER = 11;

/**
 * Selects the renditions that are no larger than the source, and gives them the source's shape. A source that is clearly larger than those, such as
 * a wide film of 1920×800 whose ladder has 1080p and 720p, or smaller than all, keeps its detail: the next height of the ladder, in each
 * of its codecs, is made at the source's own size. Renditions too small for their encoder are left out.
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
  const heights = ladder.map(({ height }) => height);
  const fitting = Math.max(0, ...heights.filter((height) => height <= shorter));
  const next = Math.min(...heights.filter((height) => height > shorter));
  const own = { width: floorToEven(source.width), pictureHeight: floorToEven(source.height) };
  return ladder.flatMap((rendition) => {
    if (rendition.height <= shorter) return [{ ...rendition, ...scaleToShorterSide(source, rendition.height) }];
    return rendition.height === next && 10 * shorter >= WORTH_ANOTHER * fitting ? [{ ...rendition, ...own }] : [];
  });
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
