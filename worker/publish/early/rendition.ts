import type { Plan } from "../../../contract/plan";
import { segmentTime } from "../../../contract/outputs";
import { paths } from "../../output/paths";
import { readRecord } from "../../output/record";
import type { ListedSegment } from "../playlist";
import { isFinal, listed } from "../playlist";
import type { Chunk } from "../../plan/chunks";
import { chunksOf } from "../../plan/chunks";
import { wroteOver } from "../../storage/conditionalWrite";
import type { Storage } from "../../storage/storage";
import { growingPlaylist, segmentsIn } from "./growing";

/**
 * Extends the growing playlist of a rendition by the chunks that are finished and follow on what it lists. Returns
 * whether it lists anything.
 *
 * Jobs of other chunks may do the same at this moment, and nothing locks: what another job has changed meanwhile is not
 * written over, but read again. So it is after every write, until nothing is left to add: whoever writes last looks for
 * later chunks after that, and a chunk that is finished later still has a job of its own that comes here. Only the records of chunks that are not listed yet are read, so that the effort
 * for a long video grows with its length and not with its square.
 */
export async function extendRendition(
  storage: Storage,
  output: string,
  plan: Plan,
  rendition: string,
): Promise<boolean> {
  const uri = paths.playlist(output, rendition);
  const chunks = chunksOf(plan);
  for (;;) {
    const version = await storage.stat(uri);
    const text = await storage.readText(uri);
    const known = segmentsIn(text, plan);
    if (text !== undefined && isFinal(text) && known.length > 0) return true;
    const added: ListedSegment[] = [];
    let next = chunksListed(chunks, known);
    for (; next < chunks.length; next++) {
      const chunk = chunks[next];
      const record = chunk && (await readRecord(storage, paths.record(output, rendition, chunk), plan.fingerprint));
      if (!record) break;
      added.push(...listed(record));
    }
    if (added.length === 0) return known.length > 0;
    await wroteOver(storage, uri, growingPlaylist(plan, [...known, ...added], next === chunks.length), version);
  }
}

/** How many chunks from the first on are listed: the last segment's name has its time, and that is in the last of them. */
function chunksListed(chunks: readonly Chunk[], segments: readonly ListedSegment[]): number {
  const last = segments.at(-1);
  if (!last) return 0;
  const time = segmentTime(last.name);
  return chunks.filter(({ start }) => start <= time).length;
}
