import { outputs, segmentTime } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";
import { readRecord } from "../../output/record";
import type { RecordedChunks } from "../../output/recordedChunks";
import { has, recordedChunks } from "../../output/recordedChunks";
import type { Chunk } from "../../plan/chunks";
import { retryOnConflict } from "../../output/retryOnConflict";
import { chunksOf } from "../../plan/chunks";
import { growingPlaylist } from "../hls/growing";
import type { ListedSegment } from "../hls/playlist";
import { encodeIn, isFinal, listSegments, segmentsIn } from "../hls/playlist";

/**
 * Extends the growing playlist of a rendition by the finished chunks that follow the ones it lists. Returns whether it lists anything.
 *
 * Jobs of other chunks may do the same at this moment, without any locks: if another job has changed the playlist meanwhile, it is not
 * overwritten but read again. This also happens after every write, until nothing is left to add. So whoever writes last looks for later
 * chunks after that, and a chunk that is finished even later has a job of its own that comes here. Only records of chunks that are not
 * listed yet are read, so the effort for a long video grows linearly with its length.
 */
export async function extendRendition(output: OwnedOutput, rendition: string): Promise<boolean> {
  const { plan } = output;
  const path = outputs.playlist(rendition);
  const chunks = chunksOf(plan);
  return retryOnConflict(output.uri(path), async () => {
    const version = await output.stat(path);
    const text = await output.readText(path);
    const current = segmentsIn(text, plan);
    if (text !== undefined && isFinal(text) && current.length > 0) return true;
    const playable = { mark: encodeIn(text, plan), length: chunksListed(chunks, current) };
    const next = longest(await recordedChunks(output, rendition), chunks, playable);
    const known = next.mark === playable.mark ? current : [];
    const added: ListedSegment[] = [];
    let end = chunksListed(chunks, known);
    for (; end < next.length; end++) {
      const chunk = chunks[end];
      if (!chunk || next.mark === undefined) break;
      const record = await readRecord(output, outputs.record(rendition, chunk, next.mark));
      if (!record) break;
      added.push(...listSegments(record));
    }
    if (end <= playable.length) return current.length > 0;
    await output.replaceIfUnchanged(path, growingPlaylist(plan, [...known, ...added], end === chunks.length), version);
    return undefined;
  });
}

/** The number of chunks that an encode has, without a gap from the first one on. */
interface Beginning {
  mark: string | undefined;
  length: number;
}

/**
 * The longest beginning that one encoder has made; if several are equally long, the one that is listed. What is playable never gets
 * shorter, but it may switch to another encode when the jobs of the first one make no progress.
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

/** The number of chunks that are listed. The name of the last segment contains its time, which lies in the last of them. */
function chunksListed(chunks: readonly Chunk[], segments: readonly ListedSegment[]): number {
  const last = segments.at(-1);
  if (!last) return 0;
  const time = segmentTime(last.name);
  return chunks.filter(({ start }) => start <= time).length;
}
