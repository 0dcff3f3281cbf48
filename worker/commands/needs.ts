import type { Ladder, Plan } from "../../contract/plan";
import { audioNeeds } from "../audio/needs";
import { featureNeeds } from "../features/needs";
import { readInventory } from "../ffmpeg/inventory";
import { findMissingFeatures, missingFeaturesError } from "../ffmpeg/missingFeatures";
import type { EncoderNeed, Needs } from "../ffmpeg/needs";
import { mergeNeeds } from "../ffmpeg/needs";
import { tryFfmpeg } from "../ffmpeg/tryFfmpeg";
import { assertSupported } from "../ffmpeg/version";
import { renditionNeeds } from "../video/needs";

type OtherJob = NonNullable<Ladder["otherImages"]>[number];

/** What the jobs of a plan need, derived from the arguments that each of them will give to ffmpeg. */
export function needsOfPlan(plan: Plan, { otherImages = [] }: Pick<Ladder, "otherImages"> = {}): Needs {
  const jobs: Record<OtherJob, () => Needs[]> = {
    features: () => [featureNeeds(plan)],
    transcode: () => [...plan.renditions.map((rendition) => renditionNeeds(plan, rendition)), audioNeeds(plan)],
  };
  return mergeNeeds(
    (Object.keys(jobs) as OtherJob[]).flatMap((name) => (otherImages.includes(name) ? [] : jobs[name]())),
  );
}

/** Fails with a sentence if this machine's ffmpeg is too old or was built without something that is needed. */
export async function assertMet(needs: Needs): Promise<void> {
  const there = await readInventory();
  assertSupported(there.banner);
  const missing = findMissingFeatures(there, needs);
  if (missing.length > 0) throw missingFeaturesError(missing);
  // Only a trial shows whether a library was built for 8 bits only.
  for (const need of needs.encoders.filter(isDeep)) await tryFfmpeg(need);
}

function isDeep({ format }: EncoderNeed): boolean {
  return format !== undefined && /10/.test(format);
}
