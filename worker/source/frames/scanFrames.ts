import type { EarlyPicture } from "../../../contract/plan";
import { type Shift, ShiftedPackets } from "../asf/shiftedPackets";
import { parseTimeBase } from "../ffprobe/timeBase";
import { type BrokenCluster, ClusterChecksums } from "../matroska/clusterChecksums";
import { findEarlyPictures } from "../ogg/findEarlyPictures";
import { Completeness, type Shortfall } from "../refusals/completeness";
import { SequenceHeaders } from "../picture/sequenceHeaders";
import { isEdited } from "../refusals/isEdited";
import { type Gap, type Hole, HoleFinder, type Skip } from "./holes";
import type { ListedPacket } from "./listedPacket";
import { listPackets } from "./listPackets";
import type { SoundGap } from "./soundGaps";
import { StreamTimes } from "./streamTimes";
import { type ListedPictures, VideoPackets, type VideoPacketsOptions } from "./videoPackets";

export interface FrameScan extends ListedPictures {
  /** From the first picture to the end of the last. */
  seconds: number;
  streamTimes: StreamTimes;
  /** What the file lacks at its end. */
  shortfall?: Shortfall;
  holes: readonly Hole[];
  /** All times without pictures, also those that are meant. */
  gaps: readonly Gap[];
  /** Bytes that belong to no packet. */
  skips: readonly Skip[];
  /** When streams of sound lack packets. */
  soundGaps: readonly SoundGap[];
  /** Whether the demuxer reported an error. */
  complains: boolean;
  /** When packets are decoded that may lack a part, by their stream and in its time base. */
  lost: ReadonlyMap<number, readonly number[]>;
  /** The parts of a Matroska file that have a wrong checksum. */
  brokenClusters: readonly BrokenCluster[];
  /** Whether an MP4 has another index, which isn't read. */
  laterMovie: boolean;
  /** Whether keyframes state size, shape or colours in different ways. */
  headersDiffer: boolean;
}

export interface ScanOptions extends Omit<VideoPacketsOptions, "early" | "gopTicks"> {
  input: VideoPacketsOptions["input"] & { bytes: number };
  /** The length of one GOP of the renditions. */
  gopSeconds: number;
}

/** Lists the file's packets without decoding them; only keyframes, minutes, jumps and gaps take memory. */
export async function scanFrames(options: ScanOptions): Promise<FrameScan> {
  const found = await scanPackets(options, []);
  const early = await findEarlyPictures(options.input.read, found.pageJumps);
  const scan = early.length > 0 ? await scanPackets(options, early) : found;
  if (!scan.shortfall) return scan;
  // Reading ends with the first packet that isn't whole, and other streams may end earlier than the pictures.
  const alone = await scanPackets(options, early, options.video.index);
  const { streamTimes, shortfall, soundGaps, brokenClusters } = scan;
  return { ...alone, streamTimes, shortfall, soundGaps, brokenClusters };
}

async function scanPackets(options: ScanOptions, early: EarlyPicture[], stream?: number): Promise<FrameScan> {
  const { input, probed, video, name, gopSeconds } = options;
  const [numerator, denominator] = parseTimeBase(video);
  const secondsOf = (ticks: number): number => (ticks * numerator) / denominator;
  const pictures = new VideoPackets({ ...options, early, gopTicks: (gopSeconds * denominator) / numerator });
  const [completeness, holes, streamTimes] = [
    new Completeness(),
    new HoleFinder(probed.format),
    new StreamTimes(probed),
  ];
  const headers = SequenceHeaders.of(input.read, probed, video);
  const checksums = ClusterChecksums.of(input, probed.format);
  const shifted = await ShiftedPackets.of(input.read, probed.format);
  const take = async (listed: ListedPacket): Promise<void> => {
    const isPicture = listed.stream === video.index;
    const packet = isPicture ? pictures.place(listed) : listed;
    completeness.add(packet.stream, packet.pts, packet.duration);
    holes.add(packet, video.index);
    shifted?.add(packet);
    streamTimes.add(packet);
    if (isPicture) {
      await headers?.add(packet);
      await pictures.add(packet);
    }
    await checksums?.add(packet);
  };
  const { errors, reports } = await listPackets(input, name, take, stream).finally(() => pictures.close());
  const shifts = shifted?.found ?? [];
  const lost = withShifts(reports.lost, shifts);
  await checksums?.finish();
  const found = completeness.shortfall(probed, errors);
  const shortfall = found?.unlessEdited && (await isEdited(input, probed, name)) ? undefined : found;
  const scan = await pictures.finish();
  const complains = errors.trim() !== "";
  const [begins, ends] = [secondsOf(scan.keyframes[0] as number), secondsOf(scan.end)];
  const broken = shifts.filter((shift) => shift.stream === video.index);
  const damaged = [...(lost.get(video.index) ?? []), ...early.map(({ pts, by }) => pts + by)];
  return {
    ...{
      ...scan,
      streamTimes,
      lost,
      laterMovie: reports.laterMovie,
      complains,
      headersDiffer: headers?.differ ?? false,
    },
    seconds: ends - begins,
    soundGaps: [
      ...streamTimes.findSoundGaps(lost, holes.reportedSkips(complains).map(secondsOf)),
      ...soundOf(shifts, streamTimes),
    ],
    ...(shortfall ? { shortfall } : {}),
    ...{ skips: holes.skips, brokenClusters: checksums?.broken ?? [] },
    holes: [...holes.finish(complains, damaged, denominator / numerator), ...broken],
    gaps: [...holes.gaps, ...broken],
  };
}

/** Adds the frames that may lack a part because packets of ASF are shifted. */
function withShifts(lost: FrameScan["lost"], shifts: readonly Shift[]): FrameScan["lost"] {
  const all = new Map(lost);
  for (const { stream, from } of shifts) all.set(stream, [...(all.get(stream) ?? []), from]);
  return all;
}

function soundOf(shifts: readonly Shift[], streamTimes: StreamTimes): SoundGap[] {
  return shifts
    .filter(({ stream }) => streamTimes.kinds.get(stream) === "audio")
    .map((shift) => ({
      ...shift,
      from: streamTimes.secondsOf(shift.stream, shift.from),
      to: streamTimes.secondsOf(shift.stream, shift.to),
    }));
}
