import type { Plan } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { goneError } from "../storage/sourceErrors";
import type { Storage } from "../storage/storage";
import { baseName, quote } from "../storage/uri";

/** Refuses a source that is no longer the file that the plan was made from: the plan's numbers hold only for that file. */
export async function assertSourceUnchanged(plan: Plan, storage: Storage, input: string): Promise<void> {
  const found = await storage.stat(input);
  if (!found) throw goneError(input);
  if (found.etag !== plan.source.etag || found.bytes !== plan.source.bytes) {
    throw new InputError(`${quote(baseName(input))} changed after its plan was made; start the pipeline again.`);
  }
}
