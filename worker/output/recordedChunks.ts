import type { ChunkName } from "../../contract/outputs";
import { chunkName, outputs, recorded } from "../../contract/outputs";
import type { OwnedOutput } from "./ownedOutput";

/** The names of the chunks of a rendition that have a record, by the mark of their encode. */
export type RecordedChunks = ReadonlyMap<string, ReadonlySet<string>>;

export async function recordedChunks(output: OwnedOutput, rendition: string): Promise<RecordedChunks> {
  const found = new Map<string, Set<string>>();
  for (const name of (await output.list(outputs.records(rendition))).keys()) {
    const { what, mark } = recorded(name, output.plan) ?? {};
    if (what === undefined || mark === undefined) continue;
    found.set(mark, (found.get(mark) ?? new Set()).add(what));
  }
  return found;
}

export function has(recorded: RecordedChunks, mark: string, chunk: ChunkName): boolean {
  return recorded.get(mark)?.has(chunkName(chunk)) ?? false;
}

/** The marks of the encodes that have every chunk. */
export function wholeEncodes(recorded: RecordedChunks, chunks: readonly ChunkName[]): string[] {
  return [...recorded.keys()].filter((mark) => chunks.every((chunk) => has(recorded, mark, chunk))).sort();
}
