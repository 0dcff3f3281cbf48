import { createInterface } from "node:readline";

import { InputError, JobError } from "../../errors/errors";
import { assertNotInterrupted, lastCause, withFullStop } from "../../ffmpeg/failure";
import { start } from "../../ffmpeg/run";
import type { EarlyPicture, PacketEdit, Recording } from "../../../contract/plan";
import type { MediaInput } from "../../ffmpeg/input";
import type { ReadUpTo } from "../../storage/readRange";
import { RecordingFinder } from "../joins/recordings";
import { findEarlyPictures } from "../ogg/findEarlyPictures";
import { type PageJump, PageJumps } from "../ogg/pageJumps";
import { Completeness, type Shortfall } from "../refusals/completeness";
import { isEdited } from "../refusals/isEdited";
import { AviSlots } from "./aviSlots";
import { EvenTimes } from "./evenTimes";
import { FieldPairs, fieldTicks } from "./fieldPairs";
import { assertFewGaps, type CorrectedFrames, correctTimes, numberedTimes } from "./correctTimes";
import { delayed } from "./delayed";
import { FrameCounter, type Packet } from "./frameCounter";
import { type Gap, type Hole, HoleFinder, type Skip } from "./holes";
import type { VideoLength } from "../refusals/length";
import { LISTED_ENTRIES, parsePacket } from "./listedPacket";
import { hasOpenGops } from "./openGops";
import { PacketContents } from "./packetContents";
import { RepeatedPictures } from "./repeatedPictures";
import { readReports, WITH_WARNINGS } from "./reports";
import { firstField, SingleFields } from "./singleFields";
import type { SoundGap } from "./soundGaps";
import { StreamTimes } from "./streamTimes";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { isContainer } from "../ffprobe/isContainer";
import { PROBE_OPTIONS } from "../ffprobe/options";

/** How many bytes of reports are kept: some ten thousand lines. */
const REPORT_BYTES = 1 << 20;

export interface FrameScan extends CorrectedFrames, VideoLength {
  /** The number of the video's packets up to and including the first keyframe. */
  packetsToKeyframe: number;
  streamTimes: StreamTimes;
  /** What the file lacks at its end. */
  shortfall?: Shortfall;
  /** The ticks by which pictures have later times than sound that is heard with them. */
  late: number;
  /** The picture that is stored last. */
  lastStored: { pts: number; duration: number };
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
  /** Whether an MP4 has another index, which isn't read. */
  laterMovie: boolean;
  /** Where recordings begin that the edits of the source join. */
  recordings: readonly Recording[];
  /** Where times jump behind the first packet of a page of Theora in Ogg. */
  pageJumps: readonly PageJump[];
}

export interface ScanOptions {
  input: MediaInput & { read: ReadUpTo };
  probed: Probe;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
  /** Whether a packet may contain two pictures, and the next one none instead. */
  packed: boolean;
  /** The length of one GOP of the renditions. */
  gopSeconds: number;
  /** The edits with which the source is read. */
  edits: readonly (readonly PacketEdit[])[];
}

/** Lists the file's packets without decoding them; only keyframes, minutes, jumps and gaps take memory. */
export async function scanFrames(options: ScanOptions): Promise<FrameScan> {
  const found = await scanPackets(options);
  const early = await findEarlyPictures(options.input.read, found.pageJumps);
  const scan = early.length > 0 ? await scanPackets({ ...options, early }) : found;
  if (!scan.shortfall) return scan;
  // Reading ends with the first packet that isn't whole, and other streams may end earlier than the pictures.
  const alone = await scanPackets({ ...options, early }, ["-select_streams", String(options.video.index)]);
  const { streamTimes, shortfall, soundGaps } = scan;
  return { ...alone, streamTimes, shortfall, soundGaps };
}

async function scanPackets(
  { input, probed, video, name, packed, gopSeconds, edits, early = [] }: ScanOptions & { early?: EarlyPicture[] },
  selected: readonly string[] = [],
): Promise<FrameScan> {
  const show = ["-show_entries", LISTED_ENTRIES, "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...WITH_WARNINGS, ...selected, ...show, "-i", input.url], {
    input,
    stderrBytes: REPORT_BYTES,
  });
  const [numerator, denominator] = parseTimeBase(video);
  const gopTicks = (gopSeconds * denominator) / numerator;
  const frames = new FrameCounter(gopTicks);
  const count = (picture: Packet): void => frames.add(picture);
  const singleFields = firstField(probed, video) !== undefined;
  const ticks = fieldTicks(probed, video);
  const slots = AviSlots.of(probed, video, ticks);
  const pictures = singleFields ? new SingleFields(count) : new FieldPairs(slots ? undefined : ticks, count);
  const completeness = new Completeness();
  const streamTimes = new StreamTimes(probed);
  const holes = new HoleFinder(probed.format);
  const even = new EvenTimes();
  const repeated = RepeatedPictures.of(probed, video, gopTicks);
  const jumps = repeated && isContainer(probed.format, ["ogg"]) ? new PageJumps() : undefined;
  const recordings = new RecordingFinder(edits, video);
  const contents = packed ? undefined : PacketContents.of(input, video);
  let packets = 0;
  let packetsToKeyframe = 0;
  let lastStored = { pts: NaN, duration: 0 };
  let late = 0;
  for await (const line of createInterface({ input: ffprobe.output })) {
    const listed = parsePacket(line);
    if (!listed) continue;
    const isPicture = listed.stream === video.index;
    const placed = slots && isPicture && listed.size > 0 ? slots.place(listed) : listed;
    const packet = isPicture ? delayed(placed, early) : placed;
    completeness.add(packet.stream, packet.pts, packet.duration);
    holes.add(packet, video.index);
    streamTimes.add(packet);
    if (!isPicture) continue;
    packets += 1;
    jumps?.add(packet);
    recordings.add(packet);
    if (!Number.isNaN(packet.pts)) lastStored = packet;
    if (packet.key && packetsToKeyframe === 0) {
      packetsToKeyframe = packets;
      late = packet.pts - packet.dts;
    }
    repeated?.add(packet, packet.size === 0);
    // A container may state that nothing changes by an empty packet.
    if (packet.size === 0 || (await contents?.shows(packet.size)) === false) {
      frames.hold(packet);
      continue;
    }
    if (Number.isNaN(packet.pts) && pictures instanceof FieldPairs && pictures.awaitsSecondField) pictures.add(packet);
    else {
      even.add(packet);
      if (!Number.isNaN(packet.pts)) pictures.add(packet);
    }
  }
  contents?.close();
  pictures.flush();
  const { code, signal, stderr } = await ffprobe.ended;
  const { errors, lost, laterMovie } = readReports(stderr);
  if (signal) throw new JobError(`ffprobe was ended by ${signal}.`);
  assertNotInterrupted(name, errors);
  const found = completeness.shortfall(probed, errors);
  const shortfall = found?.unlessEdited && (await isEdited(input, probed, name)) ? undefined : found;
  if (code !== 0) {
    const reason = withFullStop(lastCause(errors) ?? `ffprobe's exit code is ${code}`);
    throw new InputError(`${name} can't be read to its end: ${reason}`);
  }
  if (packets === 0) throw new InputError(`${name} has a video stream without a single frame.`);
  const counted = frames.finish();
  if (!counted && !even.incomplete) throw new InputError(`${name} has no keyframe at which decoding could begin.`);
  const numbered = numberedTimes(probed, video, slots, counted);
  if (numbered) assertFewGaps(name, numbered);
  const keyframes = counted?.keyframes.length ?? 0;
  const isOpen =
    numbered !== undefined &&
    slots !== undefined &&
    keyframes > 1 &&
    (await hasOpenGops(input, video, keyframes, name));
  const scan =
    repeated?.finish(early) ?? (counted && !even.incomplete ? correctTimes(counted, numbered, isOpen) : even.finish());
  if (!scan) throw new InputError(`${name} has frames without timestamps; remux it, for example into MKV.`);
  const secondsOf = (ticks: number): number => (ticks * numerator) / denominator;
  const complains = errors.trim() !== "";
  const lostPictures = lost.get(video.index) ?? [];
  const skipped = holes.reportedSkips(complains).map(secondsOf);
  const [begins, ends] = [secondsOf(scan.keyframes[0] as number), secondsOf(scan.end)];
  const length: VideoLength = { seconds: ends - begins, pause: streamTimes.pauses.between(begins, ends) };
  return {
    ...{ ...scan, packetsToKeyframe, streamTimes, ...length, lost, laterMovie, lastStored, complains },
    // AVI states when pictures are decoded, and sound is heard by the same clock.
    late: isContainer(probed.format, ["avi"]) && late > 0 ? late : 0,
    recordings: recordings.found,
    pageJumps: (repeated && jumps?.finish(repeated.end)) ?? [],
    soundGaps: streamTimes.findSoundGaps(lost, skipped),
    ...(shortfall ? { shortfall } : {}),
    skips: holes.skips,
    gaps: holes.gaps,
    holes: holes.finish(complains, [...lostPictures, ...early.map(({ pts, by }) => pts + by)], denominator / numerator),
  };
}
