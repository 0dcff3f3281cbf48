import type { Plan, PlanRendition } from "../../contract/plan";
import { InputError } from "../errors";

/** One job's share of a rendition. */
export interface Chunk {
  part: number;
  /** Counted from 0 within the part. */
  index: number;
  /** Counted from 0 through all parts. */
  number: number;
  /** Display timestamps in the source's time base: the first picture's, and the one that follows the last. */
  sourceStart: number;
  sourceEnd: number;
  /** The same two on the output's timeline. */
  start: number;
  end: number;
  frames: number;
}

/** The chunk of a part by its array index. */
export function chunkOf(plan: Plan, part: number, index: number): Chunk {
  const { chunks } = plan.parts[part - 1] ?? {};
  if (chunks === undefined) {
    throw new InputError(`--part must be 1 to ${plan.parts.length}, the parts in the plan. Received ${part}.`);
  }
  if (index >= chunks) {
    throw new InputError(
      `AWS_BATCH_JOB_ARRAY_INDEX must be below ${chunks}, the chunks of part ${part}. Received ${index}.`,
    );
  }
  const earlier = plan.parts.slice(0, part - 1).reduce((sum, entry) => sum + entry.chunks, 0);
  return chunkAt(plan, earlier + index, part, index);
}

/** Every chunk of the plan, in the order in which they are shown. */
export function chunksOf(plan: Plan): Chunk[] {
  return plan.parts
    .flatMap(({ chunks }, part) => Array.from({ length: chunks }, (_, index) => ({ part: part + 1, index })))
    .map(({ part, index }, number) => chunkAt(plan, number, part, index));
}

function chunkAt(plan: Plan, number: number, part: number, index: number): Chunk {
  const [sourceStart, sourceEnd] = [plan.boundaries[number], plan.boundaries[number + 1]];
  const frames = plan.frames[number];
  if (sourceStart === undefined || sourceEnd === undefined || frames === undefined) {
    throw new InputError(`The plan has no chunk ${number}; its parts and boundaries don't fit together.`);
  }
  const [start, end] = [onTimeline(plan, sourceStart), onTimeline(plan, sourceEnd)];
  return { part, index, number, sourceStart, sourceEnd, start, end, frames };
}

/** A source timestamp on the output's timeline. Integer arithmetic, so nothing is rounded. */
export function onTimeline({ source, timeline }: Plan, pts: number): number {
  return pts * source.timeBase[0] - timeline.origin + timeline.offset;
}

/**
 * How long pictures are held between decoding and showing: two nominal frames, as many as the encoders reorder. VP9 and AV1
 * keep pictures that are decoded early hidden in others, and are shown in the order in which they are decoded.
 */
export function decodingDelay({ source, timeline }: Plan, { codec }: Pick<PlanRendition, "codec">): number {
  if (codec === "vp9" || codec === "av1") return 0;
  const [numerator, denominator] = source.frameRate;
  const frame = Math.round((timeline.timescale * denominator) / numerator);
  return Math.min(Math.max(2, 2 * frame), timeline.offset);
}
