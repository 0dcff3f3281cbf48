import type { Damage } from "../../contract/damage";
import type { Plan } from "../../contract/plan";
import type { MediaInput } from "../ffmpeg/input";
import { LATE } from "../source/frames/holes";
import { type Chunk, leadOf } from "../plan/chunks";
import { FieldPairs, halfShortestInterval } from "../source/frames/fieldPairs";
import { type Decoding, decodePart, type ListedPacket } from "./decoding";
import { allowsNumberGaps } from "./numberGaps";
import { type Sequence, type Spread, spreadOf, withSpread } from "./spread";
import { countOf, joinAdjacent, secondsInto, type Timed, unionOf } from "./stretches";

/** What is wrong with the pictures of a chunk. */
export interface ChunkDamage {
  /** When its pictures are shown, those that can't be decoded among them, in order. In the source's time base. */
  times: number[];
  /** When those are shown that can be decoded. */
  decoded: number[];
  damage: Damage[];
}

/** Seconds before a chunk at which decoding begins: more than is between most keyframes. */
const BEFORE = 15;

/** Seconds after a chunk at which reading ends, because pictures are stored in another order than they are shown in. */
const AFTER = 2;

/** Decodes a chunk to find out which of its pictures are damaged. Undefined if that can't be told. */
export async function findChunkDamage(
  plan: Plan,
  chunk: Chunk,
  input: MediaInput,
  name: string,
): Promise<ChunkDamage | undefined> {
  const { source } = plan;
  // The decoder's times aren't those of the pictures.
  if (source.packed || (source.times && !isSlotted(source.times))) return undefined;
  const [numerator, denominator] = source.timeBase;
  const secondsAt = (pts: number): number => (pts * numerator) / denominator;
  const from = chunk.number === 0 ? {} : { from: secondsAt(chunk.sourceStart) - BEFORE };
  const part = { input, stream: source.videoStream, ...from, to: secondsAt(chunk.sourceEnd) + AFTER, name };
  const decoding = await decodePart(part);
  // A build of ffprobe may lack a decoder that ffmpeg has.
  if (decoding.decoded.size === 0) return undefined;
  const mayLack = decoding.interrupted.length > 0 && (await allowsNumberGaps(input, source.videoStream, name));
  return describe(plan, chunk, mayLack ? { ...decoding, interrupted: [] } : decoding);
}

/** Whether pictures have times by their number, but packets have some too: those of AVI are slots, and others may be of decoding. */
function isSlotted(times: Plan["source"]["times"]): boolean {
  return typeof times === "object" && "every" in times && times.from === undefined;
}

function describe(plan: Plan, chunk: Chunk, decoding: Decoding): ChunkDamage | undefined {
  const begins = chunk.sourceStart + leadOf(plan, chunk);
  const isInside = ({ pts }: Timed): boolean => pts >= begins && pts < chunk.sourceEnd;
  const sequence = { pictures: pairFields(plan, decoding), end: chunk.sourceEnd };
  const pictures = sequence.pictures.filter(isInside);
  if (pictures.length !== chunk.frames) return undefined;
  const lost = pictures.filter(({ pts }) => !decoding.decoded.has(pts));
  const concealed = decoding.concealed.filter(
    (picture) => isInside(picture) && !lost.includes(picture) && !isNamed(plan, picture),
  );
  const isMissing = (picture: ListedPacket): boolean =>
    isInside(picture) && !isExplained(plan, sequence, lost, picture);
  const times = pictures.map(({ pts }) => pts).sort((one, other) => one - other);
  return {
    times,
    decoded: times.filter((pts) => decoding.decoded.has(pts)),
    damage: unionOf([
      ...damageOf(plan, sequence, lost, (count) => `${countOf(count, "picture")} can't be decoded`),
      ...damageOf(plan, sequence, concealed, (count) => `the decoder made up parts of ${countOf(count, "picture")}`),
      ...decoding.interrupted.filter(isMissing).map((picture) => interruptionBefore(plan, sequence, picture)),
    ]),
  };
}

function damageOf(
  plan: Plan,
  sequence: Sequence,
  pictures: readonly Timed[],
  what: (count: number) => string,
): Damage[] {
  return joinAdjacent(pictures).map(({ pts, duration, count }) => {
    const [fromSeconds, toSeconds] = [secondsInto(plan, pts), secondsInto(plan, pts + duration)];
    const stretch = pictures.filter((picture) => picture.pts >= pts && picture.pts < pts + duration);
    const spreads = stretch.map((picture) => spreadOf(sequence, picture));
    const from = Math.max(0, secondsInto(plan, Math.min(...spreads.map((spread) => spread.from))));
    const to = secondsInto(plan, Math.max(...spreads.map((spread) => spread.to)));
    return withSpread({ fromSeconds, toSeconds, what: what(count) }, { from, to });
  });
}

/** Whether the container shows already that the picture is damaged. */
function isNamed(plan: Plan, { pts }: Timed): boolean {
  const seconds = secondsInto(plan, pts);
  return (plan.damage ?? []).some(({ fromSeconds, toSeconds }) => fromSeconds <= seconds && seconds < toSeconds);
}

/** Seconds from a hole to a picture in which it shows. */
const BEHIND_HOLE = 0.5;

/** Whether it is known already which pictures are missing before this one. */
function isExplained(plan: Plan, { pictures }: Sequence, lost: readonly Timed[], { pts }: Timed): boolean {
  const before = pictures[pictures.findIndex((picture) => picture.pts === pts) - 1];
  const seconds = secondsInto(plan, pts);
  const isNear = ({ fromSeconds, toSeconds }: Damage): boolean =>
    fromSeconds <= seconds && toSeconds >= seconds - BEHIND_HOLE;
  return lost.some((picture) => picture === before) || (plan.damage ?? []).some(isNear);
}

/** Where a time before the picture has none, that is damaged. Otherwise nothing is for any time. */
function interruptionBefore(plan: Plan, sequence: Sequence, picture: ListedPacket): Damage {
  const gap = gapBefore(plan, sequence, picture) ?? { from: picture.pts, to: picture.pts };
  const [fromSeconds, toSeconds] = [secondsInto(plan, gap.from), secondsInto(plan, gap.to)];
  const what = "a picture is missing that others are made from";
  const to = secondsInto(plan, spreadOf(sequence, picture).to);
  return withSpread({ fromSeconds, toSeconds, what }, { from: fromSeconds, to });
}

/** The last time without a picture before one, or after it among those that are decoded later and shown earlier. */
function gapBefore(plan: Plan, { pictures }: Sequence, { pts }: ListedPacket): Spread | undefined {
  const shown = [...pictures].sort((one, other) => one.pts - other.pts);
  const at = shown.findIndex((picture) => picture.pts === pts);
  for (let index = at; index > 0; index--) {
    const [before, after] = [shown[index - 1] as ListedPacket, shown[index] as ListedPacket];
    const until = before.pts + before.duration;
    if (secondsInto(plan, pts) - secondsInto(plan, after.pts) > BEHIND_HOLE) return undefined;
    if (after.pts - until > LATE * after.duration) return { from: until, to: after.pts };
  }
  return undefined;
}

/** Joins the fields of pictures, whose packets have one each. */
function pairFields({ source }: Plan, { listed, decoded }: Decoding): ListedPacket[] {
  if (!source.interlaced) return listed;
  const pictures: ListedPacket[] = [];
  // Without two pictures nothing tells fields apart, and every two packets would be a picture.
  const ticks = halfShortestInterval(decoded) ?? Infinity;
  const pairs = new FieldPairs(ticks, (picture) => pictures.push(picture));
  for (const packet of listed) pairs.add({ ...packet, dts: NaN, hidden: false });
  pairs.flush();
  return pictures;
}
