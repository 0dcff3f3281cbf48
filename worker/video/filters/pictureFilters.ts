import type { Plan, PlanRendition, PlanSource } from "../../../contract/plan";
import type { Chunk } from "../../plan/chunks";
import { colourFilters } from "./colourFilters";
import { applyToStoredPictures } from "./applyToStoredPictures";
import { changingShape } from "./size";

/**
 * The filters between decoding and encoding, in this order, with one function for each concern. After the second, pictures have
 * one size.
 */
export function pictureFilters(plan: Plan, rendition: PlanRendition, chunk: Chunk): string {
  return [...deinterlace(plan.source), ...scaleAndConvert(plan, rendition), ...trimToChunk(plan, chunk)].join(",");
}

/**
 * Makes one picture of each that the source has: it keeps the lines of one field and estimates the others from the pictures
 * before, at and after that moment. Trimming comes later, so that pictures at the joins have their neighbours. A picture that is
 * marked as progressive passes unchanged. The filter halves the time base.
 */
function deinterlace(source: PlanSource): string[] {
  if (!source.interlaced) return [];
  return [
    ...applyToStoredPictures(source, ["bwdif=mode=send_frame:deint=interlaced"]),
    `settb=${source.timeBase.join("/")}`,
  ];
}

/** Makes the rendition's number of square pixels, in its colours. */
function scaleAndConvert({ source }: Plan, rendition: PlanRendition): string[] {
  return [...colourFilters(source.colour, rendition, changingShape(source)), "setsar=1"];
}

/** Trims by integer timestamps in the source's time base and moves the first picture to 0. */
function trimToChunk(plan: Plan, chunk: Chunk): string[] {
  const { pictures, timeline } = plan;
  const first = chunk.number === 0 && pictures ? pictures[0] : chunk.sourceStart;
  return [
    `trim=start_pts=${first}:end_pts=${chunk.sourceEnd}`,
    `settb=1/${timeline.timescale}`,
    `setpts=${timeOfPicture(plan.source, first, chunk)}`,
  ];
}

/**
 * Pictures that shared a packet are numbered, because one of the two has the other's time. A first picture that is held from before its
 * own time is moved to 0 alone. It is known by that time, since filters that start again count from 0.
 */
function timeOfPicture({ timeBase: [ticks], packed }: PlanSource, first: number, { sourceStart }: Chunk): string {
  const lead = (first - sourceStart) * ticks;
  const time = packed ? `N*${ticks}` : `PTS-(${sourceStart * ticks})`;
  if (lead === 0) return time;
  return packed ? `'if(eq(N,0),0,${time}+${lead})'` : `'if(eq(PTS,${first * ticks}),0,${time})'`;
}
