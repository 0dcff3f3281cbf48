import { type ChunkName, outputs } from "../../contract/outputs";
import { readAhead } from "../storage/readAhead";
import type { OwnedOutput } from "./ownedOutput";
import { parseRecord, type TrackRecord } from "./record";

/** Records that are read at a time. Only one of them is held as more than text. */
const READ_AHEAD = 8;

/** The identity of one encode of a rendition. */
export interface RenditionEncode {
  rendition: string;
  mark: string;
}

/** Reads the records of chunks, in order, each with its chunk. A record is absent if there is none for the output's plan. */
export async function* readChunkRecords<C extends ChunkName>(
  output: OwnedOutput,
  { rendition, mark }: RenditionEncode,
  chunks: readonly C[],
): AsyncGenerator<[C, TrackRecord | undefined]> {
  const hasRoom = ({ length }: readonly C[]): boolean => length <= READ_AHEAD;
  const readText = (chunk: C) => output.readText(outputs.record(rendition, chunk, mark));
  for await (const [chunk, text] of readAhead(chunks, hasRoom, readText)) yield [chunk, parseRecord(output, text)];
}
