import type { Plan } from "../../../contract/plan";
import { paths } from "../../output/paths";
import { segmentTime } from "../../../contract/outputs";
import { readRecord } from "../../output/record";
import type { RecordedChunks } from "../../output/recordedChunks";
import { has, recordedChunks } from "../../output/recordedChunks";
import type { ListedSegment } from "../playlist";
import { encodeIn, isFinal, listed, segmentsIn } from "../playlist";
import type { Chunk } from "../../plan/chunks";
import { chunksOf } from "../../plan/chunks";
import { wroteOver } from "../../storage/conditionalWrite";
import type { Storage } from "../../storage/storage";
import { growingPlaylist } from "./growing";

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
    const current = segmentsIn(text, plan);
    if (text !== undefined && isFinal(text) && current.length > 0) return true;
    const there = { mark: encodeIn(text, plan), length: chunksListed(chunks, current) };
    const next = longest(await recordedChunks(storage, output, plan, rendition), chunks, there);
    const known = next.mark === there.mark ? current : [];
    const added: ListedSegment[] = [];
    let end = chunksListed(chunks, known);
    for (; end < next.length; end++) {
      const chunk = chunks[end];
      if (!chunk || next.mark === undefined) break;
      const record = await readRecord(storage, paths.record(output, rendition, chunk, next.mark), plan.fingerprint);
      if (!record) break;
      added.push(...listed(record));
    }
    if (end <= there.length) return current.length > 0;
    await wroteOver(storage, uri, growingPlaylist(plan, [...known, ...added], end === chunks.length), version);
  }
}

/** How many chunks an encode has from the first on. */
interface Beginning {
  mark: string | undefined;
  length: number;
}

/**
 * The longest beginning that one encoder has made; in case of doubt the one that is listed. What is playable never becomes less, but it
 * becomes another encode's when the jobs of the first are not going on.
 */
function longest(recorded: RecordedChunks, chunks: readonly Chunk[], there: Beginning): Beginning {
  const reach = (mark: string, from: number): Beginning => {
    const gap = chunks.findIndex((chunk, index) => index >= from && !has(recorded, mark, chunk));
    return { mark, length: gap < 0 ? chunks.length : gap };
  };
  const others = [...recorded.keys()].filter((mark) => mark !== there.mark).sort();
  const goingOn = there.mark === undefined ? there : reach(there.mark, there.length);
  return others
    .map((mark) => reach(mark, 0))
    .reduce((best, other) => (other.length > best.length ? other : best), goingOn);
}

/** How many chunks from the first on are listed: the last segment's name has its time, and that is in the last of them. */
function chunksListed(chunks: readonly Chunk[], segments: readonly ListedSegment[]): number {
  const last = segments.at(-1);
  if (!last) return 0;
  const time = segmentTime(last.name);
  return chunks.filter(({ start }) => start <= time).length;
}
