import type { Plan } from "../../contract/plan";
import { InputError } from "../errors/errors";

/** The piece of a rendition that one job encodes. */
export interface Chunk {
  part: number;
  /** Counted from 0 within the part. */
  index: number;
  /** Counted from 0 through all parts. */
  number: number;
  /** Display timestamps in the source's time base: those of the first picture and of the one after the last. */
  sourceStart: number;
  sourceEnd: number;
  /** The same timestamps on the output's timeline. */
  start: number;
  end: number;
  frames: number;
}

/** Finds a chunk by its part and its index in the part's array job. */
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

/** All chunks of the plan, in display order. */
export function chunksOf(plan: Plan): Chunk[] {
  return plan.parts
    .flatMap(({ chunks }, part) => Array.from({ length: chunks }, (_, index) => ({ part: part + 1, index })))
    .map(({ part, index }, number) => chunkAt(plan, number, part, index));
}

/** Ticks of the source for which the first picture of a chunk is held before its own time. */
export function leadOf({ pictures }: Pick<Plan, "pictures">, { number, sourceStart }: Chunk): number {
  return number === 0 && pictures ? pictures[0] - sourceStart : 0;
}

function chunkAt(plan: Plan, number: number, part: number, index: number): Chunk {
  const [sourceStart, sourceEnd] = [plan.boundaries[number], plan.boundaries[number + 1]];
  const frames = plan.frames[number];
  if (sourceStart === undefined || sourceEnd === undefined || frames === undefined) {
    throw new InputError(`The plan has no chunk ${number}; its parts and boundaries don't match.`);
  }
  const [start, end] = [toTimeline(plan, sourceStart), toTimeline(plan, sourceEnd)];
  return { part, index, number, sourceStart, sourceEnd, start, end, frames };
}

/** Converts a source timestamp to the output's timeline, in integer arithmetic so that nothing is rounded. */
function toTimeline({ source, timeline }: Plan, pts: number): number {
  return pts * source.timeBase[0] - timeline.origin + timeline.offset;
}
