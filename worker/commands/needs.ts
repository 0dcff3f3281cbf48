import type { Ladder, Plan } from "../../contract/plan";
import { featureArguments, sceneArguments } from "../features/arguments";
import { thumbnailGrid } from "../features/grid";
import { inventory } from "../ffmpeg/inventory";
import { lacking, missingFrom } from "../ffmpeg/lacking";
import type { EncoderNeed, Needs } from "../ffmpeg/needs";
import { needsOf, together } from "../ffmpeg/needs";
import { ANY_INPUT, renditionNeeds, soundNeeds } from "../ffmpeg/trackNeeds";
import { trial } from "../ffmpeg/trial";
import { assertSupported } from "../ffmpeg/version";

type OtherJob = NonNullable<Ladder["otherImages"]>[number];

/** What the jobs of a plan need, each as the arguments that it will give to ffmpeg say. */
export function needsOfPlan(plan: Plan, { otherImages = [] }: Pick<Ladder, "otherImages"> = {}): Needs {
  const jobs: Record<OtherJob, () => Needs[]> = {
    features: () => [featureNeeds(plan)],
    transcode: () => [...plan.renditions.map((rendition) => renditionNeeds(plan, rendition)), soundNeeds(plan)],
  };
  return together(
    (Object.keys(jobs) as OtherJob[]).flatMap((name) => (otherImages.includes(name) ? [] : jobs[name]())),
  );
}

function featureNeeds(plan: Plan): Needs {
  const grid = thumbnailGrid(plan.source);
  return needsOf([
    ...featureArguments(plan, grid, ANY_INPUT, "keyframes"),
    ...featureArguments(plan, grid, ANY_INPUT, "referenced"),
    ...sceneArguments(plan, grid, ANY_INPUT, { from: 0, until: 1, atEnd: { seconds: 1, score: 1 } }),
  ]);
}

/** Fails with a sentence when this machine's ffmpeg is too old, or was built without something. */
export async function assertMet(needs: Needs): Promise<void> {
  const there = await inventory();
  assertSupported(there.banner);
  const missing = missingFrom(there, needs);
  if (missing.length > 0) throw lacking(missing);
  // Only by trying it is found out that a library was built for 8 bits alone.
  for (const need of needs.encoders.filter(isDeep)) await trial(need);
}

function isDeep({ format }: EncoderNeed): boolean {
  return format !== undefined && /10/.test(format);
}
