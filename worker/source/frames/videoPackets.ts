import type { EarlyPicture, Recording } from "../../../contract/plan";
import type { PacketEdit } from "../../../contract/sourceChanges";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { type PageJump, PageJumps } from "../ogg/pageJumps";
import { HiddenPictures } from "../picture/hiddenPictures";
import { untimedError } from "../refusals/untimed";
import { AviSlots } from "./aviSlots";
import { CodedFields } from "./codedFields";
import { assertFewGaps, type CorrectedFrames, correctTimes, numberedTimes } from "./correctTimes";
import { delayed } from "./delayed";
import { EvenTimes } from "./evenTimes";
import { FieldPairs, fieldTicks } from "./fieldPairs";
import { type CountedFrames, FrameCounter, type Packet } from "./frameCounter";
import type { ListedPacket } from "./listedPacket";
import { hasOpenGops } from "./openGops";
import { hasNoPicture } from "./nalUnits";
import { PacketContents } from "./packetContents";
import { RecordingFinder } from "./recordingFinder";
import { RepeatedPictures } from "./repeatedPictures";
import { firstField, SingleFields } from "./singleFields";
import { StoredOrder } from "./storedOrder";

/** What the packets of the video show. */
export interface ListedPictures extends CorrectedFrames {
  /** The number of the packets up to and including the first keyframe. */
  packetsToKeyframe: number;
  /** The picture that is stored last. */
  lastStored: { pts: number; duration: number };
  /** The ticks by which pictures have later times than sound that is heard with them. */
  late: number;
  /** Where recordings begin that the edits of the source join. */
  recordings: readonly Recording[];
  /** Where times jump behind the first packet of a page of Theora in Ogg. */
  pageJumps: readonly PageJump[];
}

export interface VideoPacketsOptions {
  input: MediaInput & { read: ReadUpTo };
  probed: Probe;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
  /** Whether a packet may contain two pictures, and the next one none instead. */
  packed: boolean;
  /** The edits with which the source is read. */
  edits: readonly (readonly PacketEdit[])[];
  /** Pictures whose times are corrected. */
  early: EarlyPicture[];
  /** The length of one GOP of the renditions, in ticks. */
  gopTicks: number;
}

/** Codecs whose pictures are painted over the ones before, also where a container marks each as a keyframe. */
const OVERLAID = ["gif"];

/** Containers whose packets may begin anywhere in a picture. Their time is that of the first picture that begins in them. */
const UNALIGNED = ["mpeg", "mpegts"];

/** Counts the pictures in the packets of the video, and finds their times. */
export class VideoPackets {
  private readonly frames: FrameCounter;
  private readonly pictures: FieldPairs | SingleFields;
  private readonly fields: CodedFields | undefined;
  private readonly slots: AviSlots | undefined;
  private readonly even = new EvenTimes();
  private readonly stored = new StoredOrder();
  private readonly repeated: RepeatedPictures | undefined;
  private readonly pageJumps: PageJumps | undefined;
  private readonly recordings: RecordingFinder;
  private readonly contents: PacketContents | undefined;
  private readonly hidden: HiddenPictures | undefined;
  private packets = 0;
  private packetsToKeyframe = 0;
  private lastStored = { pts: NaN, duration: 0 };
  private late = 0;

  constructor(private readonly options: VideoPacketsOptions) {
    const { input, probed, video, packed, edits, gopTicks } = options;
    this.frames = new FrameCounter(gopTicks);
    const count = (picture: Packet): void => {
      this.frames.add(picture);
      this.stored.add(picture);
    };
    const ticks = fieldTicks(probed, video);
    this.slots = AviSlots.of(probed, video, ticks);
    this.pictures = firstField(probed, video)
      ? new SingleFields(count)
      : new FieldPairs(this.slots ? undefined : ticks, count);
    this.fields = ticks === undefined || this.slots ? undefined : new CodedFields(options);
    this.repeated = RepeatedPictures.of(probed, video, gopTicks);
    this.pageJumps = this.repeated && isContainer(probed.format, ["ogg"]) ? new PageJumps() : undefined;
    this.recordings = new RecordingFinder(edits, video);
    this.contents = packed ? undefined : PacketContents.of(input, video);
    this.hidden = HiddenPictures.of(input.read, probed, video);
  }

  /** The next packet at its right time. */
  place(packet: ListedPacket): ListedPacket {
    const { early } = this.options;
    const placed = this.slots && packet.size > 0 ? this.slots.place(packet) : packet;
    return delayed({ ...placed, key: this.isKey(packet) }, early);
  }

  /**
   * Whether a video may begin with the packet. It may not if the file begins in the middle of a picture, whose end got the time of this
   * packet from the demuxer.
   */
  private isKey({ key, position }: ListedPacket): boolean {
    const { probed, video } = this.options;
    if (OVERLAID.includes(video.codec_name ?? "")) return this.packets === 0;
    const isSecond = this.packets === 1 && this.packetsToKeyframe === 0;
    return key && !(isSecond && Number.isNaN(position) && isContainer(probed.format, UNALIGNED));
  }

  /** Takes the packet that was placed. */
  async add(packet: ListedPacket): Promise<void> {
    const { pts, dts, duration, key, size } = packet;
    const { probed } = this.options;
    this.packets += 1;
    this.pageJumps?.add(packet);
    this.recordings.add(packet);
    if (!Number.isNaN(pts)) this.lastStored = packet;
    if (key && this.packetsToKeyframe === 0) {
      this.packetsToKeyframe = this.packets;
      // What is more than the slot of a reordered picture are slots behind it that an encoder left empty. GXF counts fields.
      this.late = isContainer(probed.format, ["gxf"]) ? pts - dts : Math.min(pts - dts, duration);
    }
    this.repeated?.add(packet, size === 0);
    const isSecond = size > 0 ? await this.fields?.isSecond(size) : undefined;
    if (await this.hasPicture(packet)) this.show(packet, isSecond);
    // A container may state that nothing changes by an empty packet. Where the codec says so, some decoders show the picture once more.
    else if (size === 0 || !this.contents) this.frames.hold(packet);
  }

  private async hasPicture(packet: ListedPacket): Promise<boolean> {
    const { input, probed, video } = this.options;
    if (packet.size === 0 || (await this.contents?.shows(packet.size)) === false) return false;
    if (await this.hidden?.hides(packet)) return false;
    return !(await hasNoPicture(probed, video, packet, input.read));
  }

  /** Ends what looks into the packets. */
  close(): void {
    this.contents?.close();
    this.fields?.close();
  }

  async finish(): Promise<ListedPictures> {
    const { recordings, packetsToKeyframe, lastStored } = this;
    const { name, probed, early } = this.options;
    this.pictures.flush();
    if (this.packets === 0) throw new InputError(`${name} has a video stream without a single frame.`);
    const counted = this.frames.finish();
    if (!counted && !this.even.incomplete)
      throw new InputError(`${name} has no keyframe at which decoding could begin.`);
    const found =
      this.repeated?.finish(early) ??
      (counted && !this.even.incomplete ? await this.correct(counted) : this.even.finish());
    if (!found) throw untimedError(name, probed);
    return {
      ...{ ...found, packetsToKeyframe, lastStored, recordings: recordings.found },
      // These state when pictures are decoded, and sound is heard by the same clock.
      late: isContainer(probed.format, ["avi", "gxf"]) && this.late > 0 ? this.late : 0,
      pageJumps: (this.repeated && this.pageJumps?.finish(this.repeated.end)) ?? [],
    };
  }

  /** @param isSecond Whether the packet is known to have the second field of a picture, or known not to. */
  private show(packet: ListedPacket, isSecond: boolean | undefined): void {
    const { pictures } = this;
    const isTimed = !Number.isNaN(packet.pts);
    const mayBeUntimed = pictures instanceof FieldPairs && pictures.awaitsSecondField && isSecond !== false;
    if (isSecond || (!isTimed && mayBeUntimed)) return pictures.add(packet, isSecond);
    this.even.add(packet);
    if (isTimed) pictures.add(packet, isSecond);
  }

  private async correct(counted: CountedFrames): Promise<CorrectedFrames> {
    const { input, probed, video, name } = this.options;
    const numbered = numberedTimes(probed, video, this.slots, counted);
    const every = numbered ? undefined : await this.stored.findTicks(input, video, name);
    const times = every === undefined ? numbered : { every };
    if (!times) return correctTimes(counted, undefined, false);
    assertFewGaps(name, times);
    const keyframes = counted.keyframes.length;
    const isOpen = times.from === undefined && keyframes > 1 && (await hasOpenGops(input, video, keyframes, name));
    return correctTimes(counted, times, isOpen);
  }
}
