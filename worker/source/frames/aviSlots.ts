import type { TimeGap } from "../../../contract/plan";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { Packet } from "./frameCounter";

/**
 * Follows the pictures of H.264 in AVI, which states no times: each packet takes the next slot, and a slot stays empty where the recorder
 * dropped a picture. ffmpeg gives a picture the slot of the next packet, which may come after a gap. Here each has the one after its own.
 */
export class AviSlots {
  readonly gaps: TimeGap[] = [];
  /** The ticks of a slot. */
  every = 1;
  private last: number | undefined;

  /**
   * Undefined if packets have times, or if not each of them has a picture.
   *
   * @param fieldTicks The ticks between two fields: a slot or more if each packet has one of them.
   */
  static of({ format }: Probe, { codec_name }: ProbeStream, fieldTicks = 0): AviSlots | undefined {
    return format.format_name === "avi" && codec_name === "h264" && fieldTicks < 1 ? new AviSlots() : undefined;
  }

  place<Listed extends Packet>(packet: Listed): Listed {
    const { dts, duration } = packet;
    if (Number.isNaN(dts) || duration <= 0) return packet;
    const next = this.last === undefined ? dts : this.last + duration;
    if (dts > next) this.gaps.push({ after: next, ticks: dts - next });
    [this.last, this.every] = [dts, duration];
    return { ...packet, pts: dts + duration };
  }
}
