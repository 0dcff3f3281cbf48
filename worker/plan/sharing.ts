import type { PlanRendition } from "../../contract/plan";

/**
 * Puts renditions together whose jobs would decode the same for each of them: from the largest to the smallest, as many as
 * have no more pixels together than the largest of all. So no job takes longer than the longest one does anyway.
 */
export function sharingDecoding(renditions: readonly PlanRendition[]): PlanRendition[] {
  const candidates = renditions.filter(isAlike).sort((a, b) => pixels(b) - pixels(a));
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

/** Those whose effort goes by their pixels, and which need nothing that the others have not. */
function isAlike({ codec, encoder }: PlanRendition): boolean {
  return codec === undefined && encoder === undefined;
}

function pixels({ width, pictureHeight }: PlanRendition): number {
  return width * pictureHeight;
}

/** The rendition and those that its jobs encode too. */
export function encodedTogether(renditions: readonly PlanRendition[], rendition: PlanRendition): PlanRendition[] {
  return [rendition, ...renditions.filter(({ encodedWith }) => encodedWith === rendition.name)];
}
