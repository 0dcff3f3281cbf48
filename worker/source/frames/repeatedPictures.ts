import type { EarlyPicture } from "../../../contract/plan";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import type { CorrectedFrames } from "./correctTimes";
import { FrameCounter, type Packet } from "./frameCounter";
import type { FrameRate } from "./frameRate";

/** Ticks by which a container may round a time. */
const ROUNDING = 0.75;

/** Seconds. A longer time without a packet is refused as a pause, or is a broken time. */
const LONGEST = 3600;

/**
 * Counts the pictures of Theora, which has a constant rate: a picture like the one before has an empty packet, which ffmpeg never decodes,
 * older versions don't list and other containers don't keep. So every place without a picture repeats the one before.
 */
export class RepeatedPictures {
  private readonly counter: FrameCounter;
  private readonly tick: FrameRate;
  /** Where the file ends, if the container says. */
  readonly end: number;
  private first: Packet | undefined;
  /** The number of the last place with a packet. */
  private place = 0;
  private irregular = false;
  private repeats = false;

  private constructor(
    { format }: Probe,
    video: ProbeStream,
    private readonly rate: FrameRate,
    gopTicks: number,
  ) {
    this.counter = new FrameCounter(gopTicks);
    this.tick = parseTimeBase(video);
    // The position of the last page of Ogg is the number of pictures.
    this.end = format.format_name === "ogg" ? (video.start_pts ?? NaN) + (video.duration_ts ?? NaN) : NaN;
  }

  /**
   * Undefined for codecs in which each picture has a packet with something in it.
   *
   * @param gopTicks The length of one GOP of the renditions, in ticks.
   */
  static of(probed: Probe, video: ProbeStream, gopTicks: number): RepeatedPictures | undefined {
    const [frames = 0, seconds = 0] = (video.r_frame_rate ?? "").split("/").map(Number);
    if (video.codec_name !== "theora" || !(frames > 0 && seconds > 0)) return undefined;
    return new RepeatedPictures(probed, video, [frames, seconds], gopTicks);
  }

  /** Takes packets in display order, which is their order in the file too, with those that are empty. */
  add(packet: Packet, isEmpty: boolean): void {
    const { pts, key } = packet;
    if (this.irregular || (!this.first && (!key || isEmpty))) return;
    this.first ??= packet;
    const place = this.placeOf(pts);
    const isNext = packet === this.first || (place > this.place && place <= this.farthest);
    if (!isNext || !(Math.abs(this.timeOf(place) - pts) <= ROUNDING)) {
      this.irregular = true;
      return;
    }
    this.repeatUntil(place);
    this.repeats ||= isEmpty;
    this.place = place;
    this.show(packet, key && !isEmpty);
  }

  /**
   * Undefined if none is repeated, or if the pictures aren't at places of the rate.
   *
   * @param early Those whose times were corrected.
   */
  finish(early: EarlyPicture[]): CorrectedFrames | undefined {
    if (!this.first || this.irregular) return undefined;
    const end = this.placeOf(this.end);
    if (end <= this.farthest) this.repeatUntil(end);
    if (!this.repeats) return undefined;
    const counted = this.counter.finish();
    const corrected = early.length > 0 ? { early } : {};
    return counted && { ...counted, times: { from: this.first.pts, rate: this.rate, ...corrected } };
  }

  private get farthest(): number {
    return this.place + (LONGEST * this.rate[0]) / this.rate[1];
  }

  private repeatUntil(place: number): void {
    while (this.place + 1 < place) {
      this.place += 1;
      this.repeats = true;
      this.show(this.first as Packet, false);
    }
  }

  private show(packet: Packet, key: boolean): void {
    const pts = this.timeOf(this.place);
    this.counter.add({ ...packet, pts, dts: pts, duration: this.timeOf(this.place + 1) - pts, key });
  }

  private placeOf(pts: number): number {
    return Math.round(((pts - (this.first?.pts ?? 0)) * this.tick[0] * this.rate[0]) / (this.tick[1] * this.rate[1]));
  }

  private timeOf(place: number): number {
    const ticks = (place * this.rate[1] * this.tick[1]) / (this.rate[0] * this.tick[0]);
    return (this.first?.pts ?? 0) + Math.round(ticks);
  }
}
