import type { Plan } from "../../contract/plan";
import { outputs } from "../../contract/outputs";
import { OwnedOutput } from "../output/ownedOutput";
import type { Storage } from "../storage/storage";
import { unpublishOthers } from "./unpublish";

/** Makes a plan the output's plan in place of any other. Whatever was made for the same plan stays. */
export async function claimOutput(
  storage: Storage,
  prefix: string,
  plan: Plan,
  metadata: string,
): Promise<OwnedOutput> {
  const output = await OwnedOutput.claim(storage, prefix, plan);
  // From here on, jobs with other plans write no more, so what they published can be removed for good.
  await output.write(outputs.metadata, metadata);
  await unpublishOthers(output);
  return output;
}
