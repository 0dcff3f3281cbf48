import type { Damage } from "../../contract/damage";
import { preciseTime } from "../../contract/damageReport";
import type { ListedPacket } from "./decoding";
import type { Timed } from "./stretches";

/** Pictures in decoding order, and when the last one ends. */
export interface Sequence {
  pictures: readonly ListedPacket[];
  end: number;
}

/** A time in which pictures may be wrong. */
export interface Spread {
  from: number;
  to: number;
}

/**
 * When pictures are shown that may be made from this one: up to the next keyframe, and also before it where they are decoded later. One that
 * is shown before some that are decoded earlier serves at most those next to it.
 */
export function spreadOf({ pictures, end }: Sequence, { pts, duration }: Timed): Spread {
  const at = pictures.findIndex((picture) => picture.pts === pts);
  if (at < 0 || pictures.slice(0, at).some((earlier) => earlier.pts > pts)) return { from: pts, to: pts + duration };
  const next = pictures.findIndex((later, index) => index > at && later.key && later.pts > pts);
  const until = next < 0 ? pictures.length : next;
  const from = pictures.slice(at, until).reduce((earliest, later) => Math.min(earliest, later.pts), pts);
  return { from, to: pictures[next]?.pts ?? end };
}

/** Says when pictures may be wrong that are made from what is damaged, if that is longer. Both in seconds. */
export function withSpread(damage: Damage, { from, to }: Spread): Damage {
  const [begins, ends] = [Math.floor(from * 10 + 1e-6) / 10, Math.ceil(to * 10 - 1e-6) / 10];
  if (from < damage.fromSeconds) {
    const last = preciseTime(Math.max(ends, Math.ceil(damage.toSeconds * 10 - 1e-6) / 10));
    return { ...damage, what: `${damage.what}, and pictures from ${preciseTime(begins)} to ${last} may be wrong` };
  }
  if (to <= damage.toSeconds) return damage;
  return { ...damage, what: `${damage.what}, and pictures up to ${preciseTime(ends)} may be wrong` };
}
