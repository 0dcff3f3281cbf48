import type { Plan } from "../../contract/plan";
import { InputError } from "../errors";
import type { Storage } from "../storage/storage";
import { baseName, quoted } from "../storage/uri";

/** A plan's numbers hold for the very bytes that it was made from. */
export async function assertSourceUnchanged(plan: Plan, storage: Storage, input: string): Promise<void> {
  const found = await storage.stat(input);
  if (!found) throw new InputError(`${quoted(baseName(input))} is no longer there.`);
  if (found.etag !== plan.source.etag || found.bytes !== plan.source.bytes) {
    throw new InputError(`${quoted(baseName(input))} was changed after its plan was made; start the pipeline again.`);
  }
}
