import { type Shift, ShiftedPackets } from "../asf/shiftedPackets";
import { parseTimeBase } from "../ffprobe/timeBase";
import { type BrokenCluster, ClusterChecksums } from "../matroska/clusterChecksums";
import { KlvChain } from "../mxf/klvChain";
import { findEarlyPictures, type FoundEarly } from "../ogg/findEarlyPictures";
import { Completeness, type Shortfall } from "../refusals/completeness";
import { SequenceHeaders } from "../picture/sequenceHeaders";
import { isEdited } from "../refusals/isEdited";
import { type Gap, type Hole, HoleFinder, type Skip } from "./holes";
import type { ListedPacket } from "./listedPacket";
import { listPackets, type Reading } from "./listPackets";
import { type Overwritten, OverwrittenPictures } from "./overwrittenPictures";
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
  /** Pictures of which a part is overwritten. */
  overwritten: readonly Overwritten[];
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

async function scanPackets(options: ScanOptions, early: FoundEarly[], stream?: number): Promise<FrameScan> {
  const { input, name, probed } = options;
  const scan = new PacketScan(options, early, await ShiftedPackets.of(input.read, probed.format));
  return scan.finish(await listPackets(input, name, scan.take, stream).finally(() => scan.close()));
}

/** What is learnt from the packets of a file, in one reading. */
class PacketScan {
  private readonly pictures: VideoPackets;
  private readonly completeness = new Completeness();
  private readonly holes: HoleFinder;
  private readonly streamTimes: StreamTimes;
  private readonly headers: SequenceHeaders | undefined;
  private readonly checksums: ClusterChecksums | undefined;
  private readonly overwritten: OverwrittenPictures | undefined;
  private readonly chain: KlvChain | undefined;
  private readonly timeBase: readonly [numerator: number, denominator: number];

  constructor(
    private readonly options: ScanOptions,
    private readonly early: FoundEarly[],
    private readonly shifted: ShiftedPackets | undefined,
  ) {
    const { input, probed, video, gopSeconds } = options;
    const [numerator, denominator] = parseTimeBase(video);
    this.timeBase = [numerator, denominator];
    this.pictures = new VideoPackets({
      ...{ ...options, gopTicks: (gopSeconds * denominator) / numerator },
      early: early.map(({ picture }) => picture),
    });
    this.holes = new HoleFinder(probed.format);
    this.streamTimes = new StreamTimes(probed);
    this.headers = SequenceHeaders.of(input.read, probed, video);
    this.checksums = ClusterChecksums.of(input, probed.format);
    this.overwritten = OverwrittenPictures.of(input.read, probed, video);
    this.chain = KlvChain.of(input.read, probed.format);
  }

  readonly take = async (listed: ListedPacket): Promise<void> => {
    const { pictures, options } = this;
    const isPicture = listed.stream === options.video.index;
    const packet = isPicture ? pictures.place(listed) : listed;
    this.completeness.add(packet.stream, packet.pts, packet.duration);
    this.holes.add(packet, options.video.index);
    this.shifted?.add(packet);
    this.streamTimes.add(packet);
    if (isPicture) {
      await this.headers?.add(packet);
      await this.overwritten?.add(packet);
      await pictures.add(packet);
    }
    await this.checksums?.add(packet);
    await this.chain?.add(packet);
  };

  async finish({ errors, reports }: Reading): Promise<FrameScan> {
    const { holes, streamTimes, options } = this;
    const { index } = options.video;
    const shifts = this.shifted?.found ?? [];
    const lost = new Map([...withShifts(reports.lost, shifts), ...(this.chain?.lost ?? [])]);
    const broken = shifts.filter(({ stream }) => stream === index);
    const [numerator, denominator] = this.timeBase;
    await this.checksums?.finish();
    const shortfall = await this.findShortfall(errors);
    const scan = await this.pictures.finish();
    const complains = errors.trim() !== "";
    const behindLoss = this.early.filter(({ isBehindLoss }) => isBehindLoss);
    const damaged = [...(lost.get(index) ?? []), ...behindLoss.map(({ picture: { pts, by } }) => pts + by)];
    return {
      ...{ ...scan, streamTimes, lost, complains },
      ...{ laterMovie: reports.laterMovie, headersDiffer: this.headers?.differ ?? false },
      seconds: this.secondsOf(scan.end) - this.secondsOf(scan.keyframes[0] as number),
      soundGaps: [
        ...streamTimes.findSoundGaps(
          lost,
          holes.reportedSkips(complains).map((ticks) => this.secondsOf(ticks)),
        ),
        ...soundOf(shifts, streamTimes),
      ],
      ...(shortfall ? { shortfall } : {}),
      ...{ skips: holes.skips, brokenClusters: this.checksums?.broken ?? [] },
      overwritten: this.overwritten?.found ?? [],
      holes: [...holes.finish(complains, damaged, denominator / numerator), ...broken],
      gaps: [...holes.gaps, ...broken],
    };
  }

  /** Ends what looks into the packets. */
  close(): void {
    this.pictures.close();
  }

  private async findShortfall(errors: string): Promise<Shortfall | undefined> {
    const { input, probed, name } = this.options;
    const found = this.completeness.shortfall(probed, errors);
    return found?.unlessEdited && (await isEdited(input, probed, name)) ? undefined : found;
  }

  private secondsOf(ticks: number): number {
    const [numerator, denominator] = this.timeBase;
    return (ticks * numerator) / denominator;
  }
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
