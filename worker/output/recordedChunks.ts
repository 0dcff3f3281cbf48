import type { Plan } from "../../contract/plan";
import type { ChunkName } from "../../contract/outputs";
import { chunkName, recorded } from "../../contract/outputs";
import { paths } from "./paths";
import type { Storage } from "../storage/storage";

/** The names of a rendition's chunks that are recorded, by the mark of the encode that they are of. */
export type RecordedChunks = ReadonlyMap<string, ReadonlySet<string>>;

export async function recordedChunks(
  storage: Storage,
  output: string,
  plan: Pick<Plan, "fingerprint">,
  rendition: string,
): Promise<RecordedChunks> {
  const found = new Map<string, Set<string>>();
  for (const name of (await storage.list(paths.records(output, rendition))).keys()) {
    const { what, mark } = recorded(name, plan) ?? {};
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
