import type { Plan, PlanRendition, PlanSource } from "../../contract/plan";
import type { Chunk } from "../plan/chunks";
import { colourFilters } from "./colour";
import { asStored } from "./rotation";
import { changingShape } from "./shape";

/**
 * What happens to every picture between decoding and encoding, in this order. One function per concern, each the filters that
 * it needs. Pictures have one size from the second on.
 */
export function pictureFilters(plan: Plan, rendition: PlanRendition, chunk: Chunk): string {
  return [...deinterlaced(plan.source), ...sized(plan, rendition), ...ofChunk(plan, chunk)].join(",");
}

/**
 * One picture for each that the source has, of which one half of the lines is kept and the other is estimated from the
 * pictures before, at and after the moment. It comes before trimming, so that joins have their neighbours; a picture that is
 * marked as progressive passes unchanged. The filter halves the time base.
 */
function deinterlaced(source: PlanSource): string[] {
  if (!source.interlaced) return [];
  return [...asStored(source, ["bwdif=mode=send_frame:deint=interlaced"]), `settb=${source.timeBase.join("/")}`];
}

/**
 * Trims by integer timestamps in the source's time base and moves the first picture to 0. Pictures that came two in a packet
 * are numbered instead: one of the two was given the other's time.
 */
function ofChunk({ source, timeline }: Plan, { sourceStart, sourceEnd }: Chunk): string[] {
  const [ticks] = source.timeBase;
  return [
    `trim=start_pts=${sourceStart}:end_pts=${sourceEnd}`,
    `settb=1/${timeline.timescale}`,
    source.packed ? `setpts=N*${ticks}` : `setpts=PTS-(${sourceStart * ticks})`,
  ];
}

/** Square pixels, as many as the rendition has, in its colours. */
function sized({ source }: Plan, rendition: PlanRendition): string[] {
  return [...colourFilters(source.colour, rendition, changingShape(source)), "setsar=1"];
}
