import type { Plan, PlanRendition } from "../../components/workflow/plan";
import { InputError, JobError } from "../errors";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { quoted } from "../storage/uri";

export async function readPlan(storage: Storage, output: string): Promise<Plan> {
  const uri = paths.plan(output);
  const text = await storage.readText(uri);
  if (text === undefined) throw new JobError(`There is no plan at ${uri}; run the metadata job first.`);
  const plan = JSON.parse(text) as Plan;
  if (plan.version !== 1)
    throw new InputError(`The plan at ${uri} has version ${String(plan.version)}; this worker reads version 1.`);
  return plan;
}

/** The plan that an output was made for before, if it was. */
export async function earlierPlan(storage: Storage, output: string): Promise<Plan | undefined> {
  const text = await storage.readText(paths.plan(output));
  return text === undefined ? undefined : (JSON.parse(text) as Plan);
}

export function renditionOf(plan: Plan, name: string): PlanRendition {
  const rendition = plan.renditions.find((entry) => entry.name === name);
  if (rendition) return rendition;
  const names = plan.renditions.map((entry) => entry.name).join(", ");
  throw new InputError(`--rendition must be one of the plan's renditions: ${names}. Received ${quoted(name)}.`);
}
