import { type Damage, damagedSeconds, DEFAULT_MAX_DAMAGED_SHARE } from "../../contract/damage";
import { InputError } from "../errors/errors";

export interface DamageLimit {
  /** The share of the length that may be damaged. Absent means `DEFAULT_MAX_DAMAGED_SHARE`. */
  maxDamagedShare?: number;
}

/** Seconds by which sums of rounded times may be too large. */
const ROUNDING = 0.0005;

/** How many places a message names. */
const NAMED = 3;

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
  if (damaged <= maxDamagedShare * seconds + ROUNDING * Number(maxDamagedShare > 0)) return;
  const share = percent(damaged / seconds);
  const accepted = maxDamagedShare > 0 ? `at most ${percent(maxDamagedShare)} are accepted` : "none is accepted";
  throw new InputError(
    `${name} is damaged for ${damaged.toFixed(1)} of its ${seconds.toFixed(1)} seconds (${share}), ${placesOf(damage)}, and ${accepted}; raise maxDamagedShare to make it nevertheless.`,
  );
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** Where it is damaged, and how. */
function placesOf(damage: readonly Damage[]): string {
  const named = damage.slice(0, NAMED).map(({ fromSeconds, what }) => `at ${timeOf(fromSeconds)} (${what})`);
  const more = damage.length - named.length;
  return [...named, ...(more > 0 ? [`at ${more} more ${more === 1 ? "place" : "places"}`] : [])].join(", ");
}

/** `2:03`, `1:02:03` */
function timeOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
