import type { Ladder, Plan } from "../../contract/plan";
import { completeRecord } from "../audio/completeRecord";
import { hasFeatures } from "../features/featureRecord";
import type { OwnedOutput } from "../output/ownedOutput";
import { renditionsInJob } from "../plan/sharing";
import { audioSteps, FEATURE_STEPS, leadingRenditions, renditionSteps, transcodeSteps } from "../plan/steps";
import { isComplete } from "../publish/manifest/complete";
import { NOTHING_MISSING } from "../publish/manifest/missing";
import { readManifest } from "../publish/manifest/read";
import { finishedParts } from "../video/finishedParts";

/**
 * What a metadata job can't know: a job with another image decides for itself what it reuses, and a job on another
 * architecture may have another ffmpeg.
 */
export type Vouching = Pick<Ladder, "otherImages" | "otherArchitectures">;

/** Yields the steps of one kind of work that have something to do. Whatever is in doubt has: its jobs look for themselves. */
type RemainingSteps = (output: OwnedOutput, vouching: Vouching) => Promise<string[]>;

interface Kind {
  job: NonNullable<Ladder["otherImages"]>[number];
  all: (plan: Plan) => string[];
  remaining: RemainingSteps;
}

const KINDS: Kind[] = [
  {
    job: "features",
    all: () => FEATURE_STEPS,
    remaining: async (output) => ((await hasFeatures(output)) ? [] : FEATURE_STEPS),
  },
  { job: "transcode", all: transcodeSteps, remaining: remainingParts },
  { job: "transcode", all: audioSteps, remaining: remainingSound },
];

/** The steps that have something to do in an output. */
export async function remainingSteps(output: OwnedOutput, vouching: Vouching): Promise<string[]> {
  const { otherImages = [] } = vouching;
  const manifest = await readManifest(output);
  // The records of a complete output may have expired.
  const complete = manifest !== undefined && (await isComplete(output, manifest, NOTHING_MISSING));
  const steps = await Promise.all(
    KINDS.map(async ({ job, all, remaining }) => {
      if (otherImages.includes(job)) return all(output.plan);
      return complete ? [] : remaining(output, vouching);
    }),
  );
  return steps.flat();
}

/** A job encodes some renditions together, so it has something to do if one of them lacks the part. */
async function remainingParts(output: OwnedOutput, { otherArchitectures = [] }: Vouching): Promise<string[]> {
  const { plan } = output;
  const isMadeHere = (part: number): boolean => !otherArchitectures.includes(part);
  const remaining: string[] = [];
  // One after another, because of the memory that records take.
  for (const leader of leadingRenditions(plan)) {
    const finished: ReadonlySet<number>[] = [];
    for (const one of renditionsInJob(plan.renditions, leader)) {
      finished.push(await finishedParts(output, one, isMadeHere));
    }
    remaining.push(
      ...renditionSteps(plan, leader).filter((_, index) => !finished.every((parts) => parts.has(index + 1))),
    );
  }
  return remaining;
}

async function remainingSound(output: OwnedOutput): Promise<string[]> {
  const { audio = [] } = output.plan;
  // The record of each track is as long as the video.
  for (const track of audio) if (!(await completeRecord(output, track))) return audioSteps(output.plan);
  return [];
}
