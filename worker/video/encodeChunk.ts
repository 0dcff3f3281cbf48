import type { Damage } from "../../contract/damage";
import { type ChunkDamage, findChunkDamage } from "../damage/chunkDamage";
import { type DamageLimit, withAcceptable } from "../damage/limit";
import { logError } from "../errors/log";
import type { TrackRecord } from "../output/record";
import { areNumbered } from "./filters/evenTimes";
import { type ChunkWork, publishChunk, type PublishedChunk, TooFewFrames, tooFewFrames } from "./publishChunk";

/**
 * Encodes a chunk with the narrowest margin. If a container's seek ended behind the chunk's first keyframe, starts over with a wider one. If
 * pictures are still lacking because they can't be decoded, shows those before in their place.
 */
export async function encodeChunk(
  works: readonly ChunkWork[],
  margins: number[],
  limit: DamageLimit,
): Promise<TrackRecord[]> {
  try {
    const { records, suspicious } = await encodeWithin(works, margins);
    if (!suspicious && !isSuspect(works)) return records;
    const found = await findDamage(works);
    // The next one took the number of a picture that can't be decoded, and so did all that follow.
    const lost = found && isNumbered(works) && lacksPictures(found);
    if (lost) throw tooFewFrames(works[0] as ChunkWork, found.decoded.length);
    return withDamage(records, accepted(works, found?.damage ?? [], limit));
  } catch (error) {
    if (!(error instanceof TooFewFrames) || isNumbered(works)) throw error;
    const found = await findDamage(works);
    if (!found || found.decoded.length === 0 || !lacksPictures(found)) throw error;
    const damage = accepted(works, found.damage, limit);
    logError("Encoding again, with other pictures in place of those that can't be decoded", error);
    const { records } = await publishChunk(works, { seekMargin: margins.at(-1) ?? 0, shown: found });
    return withDamage(records, damage);
  }
}

async function encodeWithin(
  works: readonly ChunkWork[],
  [seekMargin = 0, ...wider]: number[],
): Promise<PublishedChunk> {
  try {
    return await publishChunk(works, { seekMargin });
  } catch (error) {
    if (!(error instanceof TooFewFrames) || wider.length === 0 || works[0]?.chunk.number === 0) throw error;
    logError("Encoding again, from an earlier keyframe", error);
    return encodeWithin(works, wider);
  }
}

/** Seconds between the report of a lost packet and the picture that lacks it. */
const NEARBY = 1;

/** Whether the container reports that packets are lost in a chunk. Decoders may conceal that without a word. */
function isSuspect([work]: readonly ChunkWork[]): boolean {
  if (!work) return false;
  const { chunk, output } = work;
  const { source, suspects = [] } = output.plan;
  const near = (NEARBY * source.timeBase[1]) / source.timeBase[0];
  return suspects.some((dts) => dts >= chunk.sourceStart - near && dts < chunk.sourceEnd + near);
}

function isNumbered([work]: readonly ChunkWork[]): boolean {
  return work !== undefined && areNumbered(work.output.plan.source);
}

function lacksPictures({ times, decoded }: ChunkDamage): boolean {
  return decoded.length < times.length;
}

function findDamage(works: readonly ChunkWork[]): Promise<ChunkDamage | undefined> {
  const [{ output, chunk, input, subject }] = works as [ChunkWork];
  return findChunkDamage(output.plan, chunk, input, subject);
}

/** The damage of a chunk, unless it and what the container shows are more than is accepted. */
function accepted(works: readonly ChunkWork[], damage: Damage[], limit: DamageLimit): Damage[] {
  const [{ output, subject }] = works as [ChunkWork];
  withAcceptable(output.plan, subject, damage, limit);
  return damage;
}

function withDamage(records: readonly TrackRecord[], damage: Damage[]): TrackRecord[] {
  return damage.length === 0 ? [...records] : records.map((record) => ({ ...record, damage }));
}
