import type { Plan } from "../../contract/plan";
import { JobError } from "../errors";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";

/** What has failed for good, and is left out of the output. */
export interface Missing {
  renditions: string[];
  features: boolean;
  /** Why: a sentence for each, which begins with the step that failed. */
  causes?: string[];
}

export const NOTHING_MISSING: Missing = { renditions: [], features: false };

export function isNothing({ renditions, features }: Missing): boolean {
  return renditions.length === 0 && !features;
}

export function isSame(one: Missing, other: Missing): boolean {
  const names = new Set([...one.renditions, ...other.renditions]);
  return (
    one.features === other.features &&
    [...names].every((name) => one.renditions.includes(name) && other.renditions.includes(name))
  );
}

/** A job that failed leaves out all the renditions that it would have encoded. */
export function withEncodedTogether({ renditions }: Plan, missing: Missing): Missing {
  const lost = renditions.filter(
    ({ name, encodedWith }) =>
      missing.renditions.includes(name) || (encodedWith !== undefined && missing.renditions.includes(encodedWith)),
  );
  return { ...missing, renditions: lost.map(({ name }) => name) };
}

/** The plan of what is left. Whoever asks for the job has seen to it that something is. */
export function without(plan: Plan, { renditions }: Missing): Plan {
  const left = plan.renditions.filter(({ name }) => !renditions.includes(name));
  if (left.length === 0) throw new JobError("Every rendition of the plan has failed: there is nothing to package.");
  return { ...plan, renditions: left };
}

/**
 * What leads to a part of a rendition that will not become whole, or was whole in an earlier output. Its segments stay, which
 * another run may complete.
 */
export async function withdrawMissing(storage: Storage, output: string, missing: Missing): Promise<void> {
  for (const name of missing.renditions) {
    await storage.remove(paths.playlist(output, name));
    await storage.remove(paths.iframes(output, name));
    await storage.remove(paths.mp4(output, name));
  }
  if (!missing.features) return;
  const half = await storage.list(paths.feature(output, ""));
  for (const name of half.keys()) await storage.remove(paths.feature(output, name));
}
