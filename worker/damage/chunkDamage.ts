import type { Damage } from "../../contract/damage";
import type { Plan } from "../../contract/plan";
import type { MediaInput } from "../ffmpeg/input";
import { type Chunk, leadOf } from "../plan/chunks";
import { FieldPairs, halfShortestInterval } from "../source/frames/fieldPairs";
import { type Decoding, decodePart } from "./decoding";
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

/** Decodes a chunk to find out which of its pictures are damaged. Undefined if what is listed isn't what the plan has counted. */
export async function findChunkDamage(
  plan: Plan,
  chunk: Chunk,
  input: MediaInput,
  name: string,
): Promise<ChunkDamage | undefined> {
  const { source } = plan;
  // The decoder's times aren't those of the pictures.
  if (source.packed || source.times) return undefined;
  const [numerator, denominator] = source.timeBase;
  const secondsAt = (pts: number): number => (pts * numerator) / denominator;
  const from = chunk.number === 0 ? {} : { from: secondsAt(chunk.sourceStart) - BEFORE };
  const part = { input, stream: source.videoStream, ...from, to: secondsAt(chunk.sourceEnd) + AFTER, name };
  return describe(plan, chunk, await decodePart(part));
}

function describe(plan: Plan, chunk: Chunk, decoding: Decoding): ChunkDamage | undefined {
  const begins = chunk.sourceStart + leadOf(plan, chunk);
  const isInside = ({ pts }: Timed): boolean => pts >= begins && pts < chunk.sourceEnd;
  const pictures = pairFields(plan, decoding).filter(isInside);
  if (pictures.length !== chunk.frames) return undefined;
  const lost = pictures.filter(({ pts }) => !decoding.decoded.has(pts));
  const concealed = decoding.concealed.filter((picture) => isInside(picture) && !lost.includes(picture));
  const times = pictures.map(({ pts }) => pts).sort((one, other) => one - other);
  return {
    times,
    decoded: times.filter((pts) => decoding.decoded.has(pts)),
    damage: unionOf([
      ...damageOf(plan, lost, (count) => `${countOf(count, "picture")} can't be decoded`),
      ...damageOf(plan, concealed, (count) => `the decoder made up parts of ${countOf(count, "picture")}`),
    ]),
  };
}

function damageOf(plan: Plan, pictures: readonly Timed[], what: (count: number) => string): Damage[] {
  return joinAdjacent(pictures).map(({ pts, duration, count }) => ({
    ...{ fromSeconds: secondsInto(plan, pts), toSeconds: secondsInto(plan, pts + duration), what: what(count) },
  }));
}

/** Joins the fields of pictures, whose packets have one each. */
function pairFields({ source }: Plan, { listed, decoded }: Decoding): Timed[] {
  if (!source.interlaced) return listed;
  const pictures: Timed[] = [];
  // Without two pictures nothing tells fields apart, and every two packets would be a picture.
  const ticks = halfShortestInterval(decoded) ?? Infinity;
  const pairs = new FieldPairs(ticks, (picture) => pictures.push(picture));
  for (const packet of listed) pairs.add({ ...packet, dts: NaN, key: false, hidden: false });
  pairs.flush();
  return pictures;
}
