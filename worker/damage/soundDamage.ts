import type { Damage } from "../../contract/damage";
import type { Plan } from "../../contract/plan";
import { soundOrigin } from "../audio/origin";
import { type Decoding, decodePart, type Part } from "./decoding";
import { joinAdjacent, roundToMilliseconds, type Timed } from "./stretches";

/** Decodes an audio track to find out what of it can't be. Times that lie outside of the video don't count. */
export async function findSoundDamage(plan: Plan, part: Part): Promise<Damage[]> {
  const decoding = await decodePart(part);
  const origin = soundOrigin(plan);
  const secondsInto = (ticks: number): number =>
    roundToMilliseconds(Math.min(plan.source.durationSeconds, Math.max(0, ticks * decoding.seconds - origin)));
  return joinAdjacent(findLost(decoding), LEFT_BY_ROUNDING / decoding.seconds)
    .map(({ pts, duration }) => ({
      ...{ fromSeconds: secondsInto(pts), toSeconds: secondsInto(pts + duration), what: "sound can't be decoded" },
    }))
    .filter(({ fromSeconds, toSeconds }) => toSeconds > fromSeconds);
}

/** Seconds that rounded times may leave between two packets. */
const LEFT_BY_ROUNDING = 0.005;

/**
 * The packets of which nothing is decoded. Those before the first that is are what encoders put there, and the last one may be cut off with
 * the file, of which more is known.
 */
function findLost({ listed, decoded }: Decoding): Timed[] {
  const times = [...decoded].sort((one, other) => one - other);
  let next = 0;
  return [...listed]
    .sort((one, other) => one.pts - other.pts)
    .slice(0, -1)
    .filter(({ pts, duration }) => {
      // Decoders move a time by the samples that they leave out.
      while (next < times.length && (times[next] as number) <= pts - duration / 2) next += 1;
      const isDecoded = next < times.length && (times[next] as number) < pts + duration / 2;
      return !isDecoded && duration > 0 && pts > (times[0] ?? Infinity);
    });
}
