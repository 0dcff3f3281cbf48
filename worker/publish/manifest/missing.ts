import { outputs } from "../../../contract/outputs";
import type { Missing } from "../../../contract/manifest";
import type { Plan } from "../../../contract/plan";
import { JobError } from "../../errors/errors";
import { soundName } from "../../plan/makeOrder";
import type { OwnedOutput } from "../../output/ownedOutput";

export const NOTHING_MISSING: Missing = { renditions: [], features: false };

export function isNothing({ renditions, features, sound = [] }: Missing): boolean {
  return renditions.length === 0 && !features && sound.length === 0;
}

export function isSame(one: Missing, other: Missing): boolean {
  const names = new Set([...one.renditions, ...other.renditions]);
  return (
    (one.sound ?? []).join() === (other.sound ?? []).join() &&
    one.features === other.features &&
    [...names].every((name) => one.renditions.includes(name) && other.renditions.includes(name))
  );
}

/** Adds the audio tracks that the plan leaves out. */
export function withMissingSound({ missingSound = [] }: Plan, missing: Missing): Missing {
  if (missingSound.length === 0) return missing;
  const causes = [...(missing.causes ?? []), ...missingSound.map(({ cause }) => cause)];
  return { ...missing, sound: missingSound.map(soundName), causes };
}

/** A job that failed leaves out all the renditions that it would have encoded. */
export function withEncodedTogether({ renditions }: Plan, missing: Missing): Missing {
  const lost = renditions.filter(
    ({ name, encodedWith }) =>
      missing.renditions.includes(name) || (encodedWith !== undefined && missing.renditions.includes(encodedWith)),
  );
  return { ...missing, renditions: lost.map(({ name }) => name) };
}

/** The plan without the renditions that failed. The state machine asks for packaging only if some are left. */
export function without(plan: Plan, { renditions }: Missing): Plan {
  const left = plan.renditions.filter(({ name }) => !renditions.includes(name));
  if (left.length === 0) throw new JobError("Every rendition of the plan has failed: there is nothing to package.");
  return { ...plan, renditions: left };
}

/**
 * Removes what leads players to a rendition that stays incomplete, or was complete in an earlier output. Its segments stay, so that
 * another run may complete it.
 */
export async function unpublishMissing(output: OwnedOutput, missing: Missing): Promise<void> {
  for (const name of missing.renditions) {
    for (const path of [outputs.playlist(name), outputs.iframes(name), outputs.mp4(name)]) await output.remove(path);
  }
  if (!missing.features) return;
  const files = await output.list(outputs.features);
  for (const name of files.keys()) await output.remove(outputs.features + name);
}
