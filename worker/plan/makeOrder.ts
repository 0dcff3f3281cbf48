import { damageReport } from "../../contract/damageReport";
import type { LeftOut, Order } from "../../contract/order";
import { outputs } from "../../contract/outputs";
import { shortenText } from "../../contract/shortenText";
import type { Plan } from "../../contract/plan";
import type { MissingSound } from "../../contract/sourceAudio";
import { renditionsInJob } from "./sharing";
import { leadingRenditions } from "./steps";

/** The name of an audio track among what a video lacks. */
export function soundName({ stream }: Pick<MissingSound, "stream">): string {
  return `stream ${stream}`;
}

/** A notice holds at most 256 KiB, with the causes of all tracks. */
const MAX_CAUSE = 500;

function leftOut(missing: MissingSound): LeftOut {
  return { sound: soundName(missing), cause: shortenText(missing.cause, MAX_CAUSE) };
}

/** @param todo The steps that have something to do. */
export function makeOrder(plan: Plan, todo: string[]): Order {
  const together = encodedTogether(plan);
  return {
    version: 1,
    plan: { path: outputs.plan, fingerprint: plan.fingerprint },
    chunks: plan.parts.map(({ chunks }) => chunks),
    renditions: leadingRenditions(plan).length,
    todo,
    ...(plan.damage ? { damage: damageReport(plan.damage) } : {}),
    ...(Object.keys(together).length > 0 ? { encodedTogether: together } : {}),
    ...(plan.missingSound ? { leftOut: plan.missingSound.map(leftOut) } : {}),
  };
}

function encodedTogether(plan: Plan): Record<string, string[]> {
  const jobs = leadingRenditions(plan).map((leader) =>
    renditionsInJob(plan.renditions, leader).map(({ name }) => name),
  );
  return Object.fromEntries(
    jobs.flatMap(([leader, ...others]) => (others.length > 0 ? [[leader as string, others]] : [])),
  );
}
