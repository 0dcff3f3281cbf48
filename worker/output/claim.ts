import type { Plan } from "../../contract/plan";
import { paths } from "./paths";
import { HeldOutput } from "./ownership";
import { planText } from "../plan/make";
import { planAt } from "../plan/read";
import type { Storage } from "../storage/storage";
import { withdrawOthers } from "../publish/unpublish";

/** Makes a plan the output's plan, in the place of any other. Of the same plan, everything stays as it is. */
export async function claimOutput(storage: Storage, output: string, plan: Plan, metadata: string): Promise<void> {
  const earlier = await planAt(storage, output);
  if (!earlier || planText(earlier) !== planText(plan)) await storage.write(paths.plan(output), planText(plan));
  // From here on, jobs of executions with other plans write no more: what they published can be taken away for good.
  const held = await HeldOutput.open(storage, output, plan.fingerprint);
  await held.write(paths.metadata(output), metadata);
  await withdrawOthers(held, output, plan);
}
