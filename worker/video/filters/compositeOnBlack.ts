import type { PlanSource } from "../../../contract/plan";

/**
 * Shows transparent pictures on black. Without that their alpha channel would be dropped, and pixels shown that nobody is to see: encoders
 * leave any colours in them.
 */
export function compositeOnBlack({ transparent, colour }: Pick<PlanSource, "transparent" | "colour">): string[] {
  if (!transparent) return [];
  const range = colour?.fullRange ? "pc" : "tv";
  return [
    // The range is kept by all versions only if it is named.
    `scale=in_range=${range}:out_range=${range}`,
    `format=${transparent}`,
    `setparams=range=${range}`,
    "premultiply=inplace=1",
  ];
}
