import type { PlanSource, SourceColour } from "../../../contract/plan";

/** How colours are coded at a time. Before the first picture that is as with it. */
export function colourAt(
  { colour, colours }: Pick<PlanSource, "colour" | "colours">,
  pts: number,
): SourceColour | undefined {
  if (!colours) return colour;
  return (colours.findLast(({ from }) => from <= pts) ?? colours[0])?.colour;
}
