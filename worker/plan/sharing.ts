import type { PlanRendition } from "../../contract/plan";

/**
 * Lets one job encode several renditions, so that the source is decoded only once for them. From the largest to the smallest, it groups
 * as many as have no more pixels in total than the largest rendition, so no job takes longer than the longest one does anyway.
 */
export function shareDecoding(renditions: readonly PlanRendition[]): PlanRendition[] {
  const candidates = renditions.filter(canShare).sort((a, b) => pixels(b) - pixels(a));
  const most = Math.max(...renditions.map(pixels));
  const leaders = new Map<string, string>();
  let [leader, sum] = ["", Infinity];
  for (const rendition of candidates) {
    sum += pixels(rendition);
    if (sum <= most) leaders.set(rendition.name, leader);
    else [leader, sum] = [rendition.name, pixels(rendition)];
  }
  return renditions.map((rendition) => {
    const encodedWith = leaders.get(rendition.name);
    return encodedWith === undefined ? rendition : { ...rendition, encodedWith };
  });
}

/** Whether the cost of a rendition depends only on its pixels, and its job needs nothing that the others don't have. */
function canShare({ codec, encoder }: PlanRendition): boolean {
  return codec === undefined && encoder === undefined;
}

function pixels({ width, pictureHeight }: PlanRendition): number {
  return width * pictureHeight;
}

/** The rendition and the others that its jobs encode. */
export function renditionsInJob(renditions: readonly PlanRendition[], rendition: PlanRendition): PlanRendition[] {
  return [rendition, ...renditions.filter(({ encodedWith }) => encodedWith === rendition.name)];
}
