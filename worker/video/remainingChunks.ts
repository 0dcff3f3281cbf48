import type { RecordedChunks } from "../output/recordedChunks";
import { has, wholeEncodes } from "../output/recordedChunks";
import type { Chunk } from "../plan/chunks";

/**
 * The chunks that a job has to make besides its own, so that one encoder has made all of a rendition. There are some when jobs of one
 * rendition had different images: those before a redrive and those after it, or those of a tag that moved on the way.
 *
 * - An encode that has every chunk is the rendition, whoever made it, and nothing is made anew.
 * - Else every job makes its own chunk, whatever others have made of it. Records of different encoders have different names, so none
 *   takes away what another has done.
 * - When the last job of a part is done, it makes what is there by other encoders alone, of its own part and of those before: their
 *   jobs are over, and a redrive passes over those that had succeeded. What another execution left of jobs that are still to come is
 *   theirs. Should jobs of two encoders be the last at the same time, each goes on until either encode is whole.
 *
 * Nothing is made twice by one encoder, so this ends.
 *
 * @param own The job's own chunk, which is done.
 * @param isOver Whether the job of a chunk in the same array job is done, with another encoder.
 */
export async function leftOver(
  chunks: readonly Chunk[],
  own: Chunk,
  recorded: RecordedChunks,
  mark: string,
  isOver: (chunk: Chunk) => Promise<boolean>,
): Promise<Chunk[]> {
  if (wholeEncodes(recorded, chunks).length > 0) return [];
  const missing = chunks.filter((chunk) => chunk.part <= own.part && !has(recorded, mark, chunk));
  for (const sibling of missing.filter(({ part }) => part === own.part)) if (!(await isOver(sibling))) return [];
  return missing.filter((chunk) => [...recorded.keys()].some((other) => has(recorded, other, chunk)));
}
