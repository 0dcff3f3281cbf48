import type { ConstantRate, Plan, PlanRendition, PlanSource } from "../../../contract/plan";
import { type Chunk, leadOf } from "../../plan/chunks";
import { colourAt } from "./colourAt";
import { colourFilters } from "./colourFilters";
import { compositeOnBlack } from "./compositeOnBlack";
import { cropPictures } from "./crop";
import { delayEarly } from "./delayEarly";
import { joinFields } from "./joinFields";
import { applyToStoredPictures } from "./applyToStoredPictures";
import { evenTimes } from "./evenTimes";
import { rotateByPicture } from "./rotateByPicture";
import { changingShape } from "./size";

/**
 * The filters between decoding and encoding, in this order, with one function for each concern. After the sixth, pictures have
 * one size.
 */
export function pictureFilters(plan: Plan, rendition: PlanRendition, chunk: Chunk): string {
  return [
    ...correctTimes(plan, chunk),
    ...rotateByPicture(plan.source),
    ...cropPictures(plan.source),
    ...compositeOnBlack(plan.source),
    ...deinterlace(plan.source),
    ...scaleAndConvert(plan, rendition, chunk),
    ...trimToChunk(plan, chunk),
  ].join(",");
}

/** The result is the same wherever decoding begins, because no chunk begins with a picture that is shown at another time than its own. */
function correctTimes({ source, pictures, boundaries }: Plan, { sourceStart, sourceEnd }: Chunk): string[] {
  const { times } = source;
  if (typeof times === "object" && "rate" in times)
    return [...delayEarly(source), ...repeatPictures(times, source, pictures?.[1] ?? boundaries.at(-1) ?? 0)];
  if (times === "rising") return ["setpts='if(lte(PTS,PREV_OUTPTS),PREV_OUTPTS+1,PTS)'"];
  const [numerator, denominator] = source.timeBase;
  return evenTimes(source, sourceStart - (BEFORE * denominator) / numerator, sourceEnd);
}

/** Seconds before a chunk at which reading begins, at most. */
const BEFORE = 60;

/** Shows the picture before at every place without one, up to the end of the last. */
function repeatPictures({ from, rate }: ConstantRate, { timeBase }: PlanSource, end: number): string[] {
  const filled = [`fps=${rate.join("/")}:round=near`, "tpad=stop=-1:stop_mode=clone"];
  return [
    `setpts=PTS-(${from})`,
    ...filled,
    `settb=${timeBase.join("/")}`,
    `setpts=PTS+(${from})`,
    `trim=end_pts=${end}`,
  ];
}

/** Keeps the lines of one field, and estimates the others. A picture that is marked as progressive passes unchanged. Halves the time base. */
const DEINTERLACE = "bwdif=mode=send_frame:deint=interlaced";

/**
 * Marks pictures again, by what they look like. Encoders that change between whole pictures and fields mark pictures of two moments as
 * progressive where they don't notice the change. The filter takes some progressive pictures with fine horizontal lines for interlaced, so
 * marks that are all the same are trusted.
 */
const MARK_BY_LOOK = "idet";

/**
 * Makes one picture of each that the source has, from the pictures before, at and after that moment. Trimming comes later, so that
 * pictures at the joins have their neighbours.
 */
function deinterlace(source: PlanSource): string[] {
  if (!source.interlaced) return [];
  const unmarked = source.mixed ? [MARK_BY_LOOK, DEINTERLACE] : [];
  return [
    ...applyToStoredPictures(source, [...joinFields(source), DEINTERLACE, ...unmarked]),
    `settb=${source.timeBase.join("/")}`,
  ];
}

/** Makes the rendition's number of square pixels, in its colours. */
function scaleAndConvert({ source }: Plan, rendition: PlanRendition, { sourceStart }: Chunk): string[] {
  return [...colourFilters(colourAt(source, sourceStart), rendition, changingShape(source)), "setsar=1"];
}

/**
 * Trims by integer timestamps in the source's time base and moves the chunk's beginning to 0. Pictures that shared a packet are
 * numbered instead, because one of the two has the other's time.
 */
function trimToChunk(plan: Plan, chunk: Chunk): string[] {
  const [ticks] = plan.source.timeBase;
  const lead = leadOf(plan, chunk);
  return [
    `trim=start_pts=${chunk.sourceStart + lead}:end_pts=${chunk.sourceEnd}`,
    `settb=1/${plan.timeline.timescale}`,
    plan.source.packed
      ? `setpts=${lead === 0 ? "N" : `(N+${lead})`}*${ticks}`
      : `setpts=PTS-(${chunk.sourceStart * ticks})`,
  ];
}
