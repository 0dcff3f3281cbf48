import type { RecordedChunks } from "../output/recordedChunks";
import { has, wholeEncodes } from "../output/recordedChunks";
import type { Chunk } from "../plan/chunks";

/** A rendition as a job finds it after encoding its own chunk. */
export interface RenditionProgress {
  /** Every chunk of the rendition. */
  chunks: readonly Chunk[];
  own: Chunk;
  recorded: RecordedChunks;
  /** The mark of what the job's own encoder makes. */
  mark: string;
  /** Whether a chunk's job, in the same array job but with another encoder, has finished. */
  isOver: (chunk: Chunk) => Promise<boolean>;
}

/**
 * The chunks that a job has to encode besides its own, so that one encoder has made the whole rendition. There are some if jobs of
 * one rendition had different images: the jobs before a redrive and those after it, or jobs on both sides of a change of a tag.
 *
 * - An encode that has every chunk is the rendition, whoever made it, and nothing is encoded again.
 * - Otherwise every job encodes its own chunk, whatever others have made of it. Records of different encoders have different names,
 *   so none removes another's work.
 * - The last job of a part encodes the chunks of its own part and of earlier parts that only other encoders have made: their jobs
 *   are over, and a redrive skips those that had succeeded. Chunks that another execution left to jobs that are still to come
 *   belong to these. If jobs of two encoders are the last at the same time, each continues until one of the encodes is whole.
 *
 * No encoder makes a chunk twice, so this ends.
 */
export async function remainingChunks({ chunks, own, recorded, mark, isOver }: RenditionProgress): Promise<Chunk[]> {
  if (wholeEncodes(recorded, chunks).length > 0) return [];
  const missing = chunks.filter((chunk) => chunk.part <= own.part && !has(recorded, mark, chunk));
  for (const sibling of missing.filter(({ part }) => part === own.part)) if (!(await isOver(sibling))) return [];
  return missing.filter((chunk) => [...recorded.keys()].some((other) => has(recorded, other, chunk)));
}
