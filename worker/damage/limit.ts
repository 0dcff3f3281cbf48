import { type Damage, damagedSeconds, DEFAULT_MAX_DAMAGED_SHARE } from "../../contract/damage";
import { damageExtent, damageReport } from "../../contract/damageReport";
import type { Plan } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { unionOf } from "./stretches";

export interface DamageLimit {
  /** The share of the length that may be damaged. Absent means `DEFAULT_MAX_DAMAGED_SHARE`. */
  maxDamagedShare?: number;
}

/** Seconds by which sums of rounded times may be too large. */
const ROUNDING = 0.0005;

/** How many causes a message names. */
const NAMED = 2;

export function maxDamagedShareOf({ maxDamagedShare = DEFAULT_MAX_DAMAGED_SHARE }: DamageLimit): number {
  return maxDamagedShare;
}

/** Refuses a video that is damaged for more of its length than is accepted. */
export function assertAcceptableDamage(
  name: string,
  damage: readonly Damage[],
  seconds: number,
  limit: DamageLimit,
): void {
  const maxDamagedShare = maxDamagedShareOf(limit);
  const damaged = damagedSeconds(damage);
  // Some damage takes no time: nothing is known but that it is there.
  if (maxDamagedShare === 0 ? damage.length === 0 : damaged <= maxDamagedShare * seconds + ROUNDING) return;
  const { length = "", places = "" } = damageExtent(damageReport(damage)) ?? {};
  const accepted = maxDamagedShare > 0 ? `at most ${percent(maxDamagedShare)} is accepted` : "none is accepted";
  throw new InputError(
    `${name} is damaged at ${places} (${causesOf(damage)}), for ${length} or ${percent(damaged / seconds)} of its length, and ${accepted}; to process it anyway, raise maxDamagedShare.`,
  );
}

/** Adds what jobs have found to what the container shows, and refuses the video if that is more than is accepted. */
export function withAcceptable(plan: Plan, name: string, found: readonly Damage[], limit: DamageLimit): Damage[] {
  const damage = unionOf([...(plan.damage ?? []), ...found]);
  // What can't be read behind the last picture is part of the recording too.
  const seconds = Math.max(plan.source.durationSeconds, ...damage.map(({ toSeconds }) => toSeconds));
  assertAcceptableDamage(name, damage, seconds, limit);
  return damage;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function causesOf(damage: readonly Damage[]): string {
  const causes = [...new Set(damage.map(({ what }) => what))];
  const named = causes.slice(0, NAMED);
  return [...named, ...(causes.length > named.length ? ["and more"] : [])].join("; ");
}
