import type { Damage } from "../../contract/damage";
import { isContainer } from "../source/ffprobe/isContainer";
import type { BrokenTag } from "../source/flv/brokenTags";
import { listPartialPackets, type PartialPacket } from "../source/frames/partialPackets";
import type { Overwritten } from "../source/frames/overwrittenPictures";
import type { FrameScan } from "../source/frames/scanFrames";
import { findPartial } from "../source/transport/lostPackets";
import type { DamagedFile, VideoClock } from "./damagedFile";
import { withSpread } from "./spread";
import { countOf, joinAdjacent, roundToMilliseconds } from "./stretches";

/** When packets are decoded that may lack a part, by their stream and in its time base: as the demuxer and the file itself report it. */
export type Reported = ReadonlyMap<number, readonly number[]>;

export function reportedOf({ lost }: FrameScan, broken: readonly BrokenTag[], video: number): Reported {
  const pictures = [...(lost.get(video) ?? []), ...broken.flatMap(({ decoded }) => decoded ?? [])];
  return new Map([...lost, [video, pictures]]);
}

/**
 * Names the pictures and the sound that lack a part, whether or not a decoder notices. A demuxer reports the last packets of pieces that
 * were put together too.
 */
export async function findPartialDamage(
  { input, probed, name, sounds, isEdited }: DamagedFile,
  reported: Reported,
  { streamTimes }: FrameScan,
  clock: VideoClock,
): Promise<Damage[]> {
  if (!isContainer(probed.format, ["mpegts", "flv", "mxf"])) return [];
  const used = new Map([...reported].filter(([stream]) => stream === clock.stream || sounds.includes(stream)));
  const listed = await listPartialPackets(input, name, used);
  const packets = isContainer(probed.format, ["mpegts"]) ? await findPartial(input.read, listed, !isEdited) : listed;
  const of = (stream: number): PartialPacket[] => packets.filter((packet) => packet.stream === stream);
  return [
    ...namePictures(of(clock.stream), clock, LACKING),
    ...sounds.flatMap((stream) =>
      nameSound(of(stream), { ...clock, into: (pts) => streamTimes.secondsOf(stream, pts) - clock.begins }),
    ),
  ].filter(({ fromSeconds, toSeconds }) => toSeconds > fromSeconds);
}

/** Names the pictures of which a part is overwritten, unless they lack a part, behind which something else may follow. */
export function nameOverwritten({ overwritten, lost }: FrameScan, clock: VideoClock): Damage[] {
  const isWhole = ({ dts }: Overwritten): boolean => lost.get(clock.stream)?.includes(dts) !== true;
  return namePictures(overwritten.filter(isWhole), clock, OVERWRITTEN);
}

/** What is wrong with one picture, and with several. */
type Wrong = readonly [one: string, several: string];

const LACKING: Wrong = ["lacks a part", "lack a part"];
const OVERWRITTEN: Wrong = ["is partly overwritten", "are partly overwritten"];

/** Pictures may be made from those that are wrong, up to the next keyframe, and before them where they are decoded later. */
function namePictures(
  packets: readonly Overwritten[],
  { into, nextKeyframe }: VideoClock,
  [one, several]: Wrong,
): Damage[] {
  return joinAdjacent(packets).map(({ pts, duration, count }) => {
    const what = `${countOf(count, "picture")} ${count === 1 ? one : several}`;
    const [fromSeconds, toSeconds] = [Math.max(0, into(pts)), into(pts + duration)];
    const first = packets.find((packet) => packet.pts === pts) as Overwritten;
    const earliest = Math.max(0, into(Math.min(pts, first.dts + first.duration)));
    const spread = { from: earliest, to: into(nextKeyframe(pts + duration)) };
    return withSpread({ fromSeconds, toSeconds, what }, spread);
  });
}

function nameSound(packets: readonly PartialPacket[], { into, begins, ends }: VideoClock): Damage[] {
  const within = (pts: number): number => roundToMilliseconds(Math.min(ends - begins, Math.max(0, into(pts))));
  return joinAdjacent(packets).map(({ pts, duration }) => {
    return { fromSeconds: within(pts), toSeconds: within(pts + duration), what: "the sound lacks a part" };
  });
}
