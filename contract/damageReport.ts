import { clock } from "./clock";
import { type Damage, damagedSeconds } from "./damage";
import { shortenText } from "./shortenText";

/** Stretches in a notice and in the record of a run, which have limits. The manifest has all of them. */
export const MAX_REPORTED_DAMAGE = 50;

/** Characters of a stretch's `what`. */
const MAX_WHAT = 200;

/** What a notice and a run's record say about a video's damage. Undefined if nothing is damaged. */
export interface DamageSummary {
  /** Seconds that are damaged. */
  damagedSeconds?: number;
  /** Where, and what is wrong: at most 50 stretches. */
  damage?: Damage[];
  /** How many more stretches there are. Absent if there are none. */
  moreDamage?: number;
  /** Why it is unknown whether the video is damaged. The manifest knows. */
  damageUnknown?: string;
}

/** `work/damage/<job>.json`: the packaging job of an execution writes it, and its state machine reads it. */
export interface DamageReport extends DamageSummary {
  version: 1;
  /** As in `damageClause`. Absent where nothing is damaged. */
  clause?: string;
  /** A sentence for each stretch. */
  lines: string[];
}

/** @param all The manifest's. */
export function damageReport(all: readonly Damage[]): DamageReport {
  if (all.length === 0) return { version: 1, lines: [] };
  const damage = all.slice(0, MAX_REPORTED_DAMAGE).map(({ fromSeconds, toSeconds, what }) => {
    return {
      fromSeconds: toMilliseconds(fromSeconds),
      toSeconds: toMilliseconds(toSeconds),
      what: shortenText(what, MAX_WHAT),
    };
  });
  const moreDamage = all.length - damage.length;
  const summary: DamageSummary = {
    damagedSeconds: toMilliseconds(damagedSeconds(all)),
    damage,
    ...(moreDamage > 0 ? { moreDamage } : {}),
  };
  return { version: 1, clause: damageClause(summary), ...summary, lines: damageLines(summary) };
}

/** Numbers with many digits lose some in JSONata. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** For people: `with 0.1 s damaged at 2:03`. Nothing where nothing is damaged. */
export function damageClause(summary: DamageSummary): string | undefined {
  if (summary.damageUnknown !== undefined) return DAMAGE_UNKNOWN;
  const extent = damageExtent(summary);
  return extent && `with ${extent.length} damaged at ${extent.places}`;
}

/** How long, `0.1 s`, and where, `2:03`. Nothing where nothing is damaged. */
export function damageExtent({
  damagedSeconds: seconds = 0,
  damage = [],
  moreDamage = 0,
}: DamageSummary): { length: string; places: string } | undefined {
  if (damage.length === 0) return undefined;
  // Several things may be wrong within a second.
  const times = [...new Set(damage.map(({ fromSeconds }) => timeOf(fromSeconds)))];
  return { length: formatSeconds(seconds), places: enumerate(times, moreDamage) };
}

/** The clause when the report could not be read. */
export const DAMAGE_UNKNOWN = "and whether it is damaged is unknown";

/** A sentence for each stretch. */
export function damageLines({ damage = [], moreDamage = 0 }: DamageSummary): string[] {
  const lines = damage.map(({ fromSeconds, toSeconds, what }) => {
    return `Damaged at ${preciseTime(fromSeconds)} for ${formatSeconds(toSeconds - fromSeconds)}: ${what}.`;
  });
  return moreDamage > 0 ? [...lines, `The manifest names ${moreDamage} more.`] : lines;
}

function timeOf(seconds: number): string {
  return clock(Math.floor(seconds));
}

/** `2:03.4` */
export function preciseTime(seconds: number): string {
  const tenths = Math.floor(toMilliseconds(seconds) * 10 + 1e-6);
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** Tenths, and hundredths of what is shorter: a picture of 60 a second lasts 0.02 s. */
function formatSeconds(seconds: number): string {
  return `${Math.max(0.01, Number(seconds.toFixed(seconds < 0.095 ? 2 : 1)))} s`;
}

/** Up to three times, or the first two and how many there are besides. */
function enumerate(times: readonly string[], more: number): string {
  const [named, others] = [times.slice(0, 2), times.slice(2)];
  if (times.length + more > 3) return `${named.join(", ")} and ${others.length + more} more places`;
  return times.length === 1 ? (times[0] as string) : `${times.slice(0, -1).join(", ")} and ${times.at(-1)}`;
}
