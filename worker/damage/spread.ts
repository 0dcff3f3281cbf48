import type { Damage } from "../../contract/damage";
import { preciseTime } from "../../contract/damageReport";
import type { ListedPacket } from "./decoding";
import type { Timed } from "./stretches";

/** Pictures in decoding order, and when the last one ends. */
export interface Sequence {
  pictures: readonly ListedPacket[];
  end: number;
}

/**
 * Up to when pictures may be made from this one: up to the next keyframe. One that is shown before some that are decoded earlier serves at
 * most those next to it.
 */
export function spreadOf({ pictures, end }: Sequence, { pts, duration }: Timed): number {
  const at = pictures.findIndex((picture) => picture.pts === pts);
  if (at < 0 || pictures.slice(0, at).some((earlier) => earlier.pts > pts)) return pts + duration;
  return pictures.slice(at + 1).find((later) => later.key && later.pts > pts)?.pts ?? end;
}

/** Says up to when pictures may be wrong that are made from what is damaged, if that is longer. */
export function withSpread(damage: Damage, toSeconds: number): Damage {
  if (toSeconds <= damage.toSeconds) return damage;
  const tenths = Math.ceil(toSeconds * 10 - 1e-6) / 10;
  return { ...damage, what: `${damage.what}, and pictures up to ${preciseTime(tenths)} may be wrong` };
}
