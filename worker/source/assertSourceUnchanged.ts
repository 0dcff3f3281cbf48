import type { Plan } from "../../contract/plan";
import { InputError } from "../errors/errors";
import type { Storage } from "../storage/storage";
import { baseName, quote } from "../storage/uri";

/** Refuses a source that is no longer the file that the plan was made from: the plan's numbers hold only for that file. */
export async function assertSourceUnchanged(plan: Plan, storage: Storage, input: string): Promise<void> {
  const found = await storage.stat(input);
  const name = quote(baseName(input));
  if (!found) throw new InputError(`${name} no longer exists; upload it and start the pipeline again.`);
  if (found.etag !== plan.source.etag || found.bytes !== plan.source.bytes) {
    throw new InputError(`${name} changed after its plan was made; start the pipeline again.`);
  }
}
