import { outputs } from "../../contract/outputs";
import type { PlanRendition } from "../../contract/plan";
import { identifyEncoder } from "../ffmpeg/identifyEncoder";
import { readChunkRecords } from "../output/chunkRecords";
import { encodeMark } from "../output/encode";
import type { OwnedOutput } from "../output/ownedOutput";
import { has, recordedChunks, wholeEncodes } from "../output/recordedChunks";
import { missingSegments } from "../output/segments";
import type { Chunk } from "../plan/chunks";
import { chunksOf } from "../plan/chunks";
import { renditionNeeds } from "./needs";

/**
 * The parts of a rendition in which no job has anything to encode, counted from 1: all of them if one encoder has made the whole
 * rendition, whichever it was; otherwise those that this machine's encoder has made, as jobs like this one make the rest.
 *
 * @param isMadeHere Whether the jobs of a part have the same ffmpeg as this one.
 */
export async function finishedParts(
  output: OwnedOutput,
  rendition: PlanRendition,
  isMadeHere: (part: number) => boolean,
): Promise<ReadonlySet<number>> {
  const { plan } = output;
  const recorded = await recordedChunks(output, rendition.name);
  if (recorded.size === 0) return new Set();
  const chunks = chunksOf(plan);
  const there = await output.list(outputs.segments(rendition.name));
  const areThere = async (mark: string, wanted: readonly Chunk[]): Promise<boolean> => {
    const encode = { rendition: rendition.name, mark };
    for await (const [, record] of readChunkRecords(output, encode, wanted)) {
      if (!record || missingSegments(there, record).length > 0) return false;
    }
    return true;
  };
  const parts = plan.parts.map((_, index) => index + 1);
  for (const mark of wholeEncodes(recorded, chunks)) if (await areThere(mark, chunks)) return new Set(parts);

  const finished = new Set<number>();
  // Only a machine that has its hardware can identify the encoder of a GPU.
  if (rendition.encoder !== undefined) return finished;
  const encodedBy = await identifyEncoder(renditionNeeds(plan, rendition));
  const own = encodeMark({ fingerprint: plan.fingerprint, encodedBy });
  for (const part of parts.filter(isMadeHere)) {
    const wanted = chunks.filter((chunk) => chunk.part === part);
    if (wanted.every((chunk) => has(recorded, own, chunk)) && (await areThere(own, wanted))) finished.add(part);
  }
  return finished;
}
