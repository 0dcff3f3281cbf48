import type { Plan, PlanRendition } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { quote } from "../storage/uri";

export function findRendition(plan: Plan, name: string): PlanRendition {
  const rendition = plan.renditions.find((entry) => entry.name === name);
  if (rendition) return rendition;
  const names = plan.renditions.map((entry) => entry.name).join(", ");
  throw new InputError(`--rendition must be one of the plan's renditions: ${names}. Received ${quote(name)}.`);
}
