import type { TimeGap } from "../../../contract/plan";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import type { Packet } from "./frameCounter";

/**
 * Follows the pictures of H.264 in AVI, which states no times: each packet takes the next slot, and a slot stays empty where the recorder
 * dropped a picture. ffmpeg gives a picture the slot of the next packet, which may come after a gap. Here each has the one after its own.
 * A program that copies pictures may leave as many slots empty behind each, which is no gap.
 */
export class AviSlots {
  readonly gaps: TimeGap[] = [];
  private last: number | undefined;

  /** @param every The ticks between two pictures where none was dropped. */
  constructor(readonly every: number) {}

  /**
   * Undefined if packets have times, or if not each of them has a picture.
   *
   * @param fieldTicks The ticks between two fields: a slot or more if each packet has one of them.
   */
  static of({ format }: Probe, video: ProbeStream, fieldTicks = 0): AviSlots | undefined {
    if (format.format_name !== "avi" || video.codec_name !== "h264" || fieldTicks >= 1) return undefined;
    const [numerator, denominator] = parseTimeBase(video);
    const [pictures = 0, seconds = 0] = (video.r_frame_rate ?? "").split("/").map(Number);
    const every = (seconds * denominator) / (pictures * numerator);
    return new AviSlots(Number.isInteger(every) && every > 0 ? every : 1);
  }

  place<Listed extends Packet>(packet: Listed): Listed {
    const { every } = this;
    const { dts, duration } = packet;
    if (Number.isNaN(dts) || duration <= 0) return packet;
    const next = this.last === undefined ? dts : this.last + every;
    if (dts !== next) this.gaps.push({ after: next, ticks: dts - next });
    this.last = dts;
    return { ...packet, pts: dts + every, duration: every };
  }
}
