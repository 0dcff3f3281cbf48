import type { Plan, PlanRendition } from "../../contract/plan";
import { InputError } from "../errors";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { quoted } from "../storage/uri";

/** The plan that an output is made for, if there is one. */
export async function planAt(storage: Storage, output: string): Promise<Plan | undefined> {
  const text = await storage.readText(paths.plan(output));
  return text === undefined ? undefined : (JSON.parse(text) as Plan);
}

export function renditionOf(plan: Plan, name: string): PlanRendition {
  const rendition = plan.renditions.find((entry) => entry.name === name);
  if (rendition) return rendition;
  const names = plan.renditions.map((entry) => entry.name).join(", ");
  throw new InputError(`--rendition must be one of the plan's renditions: ${names}. Received ${quoted(name)}.`);
}
