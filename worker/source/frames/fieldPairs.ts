import type { Probe, ProbeStream } from "../ffprobe/output";
import type { Packet } from "./frameCounter";
import { isInterlaced } from "../picture/isInterlaced";
import { parseTimeBase } from "../ffprobe/timeBase";

/**
 * The ticks between two fields of H.264 that may have a single field in a packet (PAFF): half the distance between the first decoded
 * frames, or else half the length of a frame that the stream states. Undefined where every packet has a whole picture.
 */
export function fieldTicks(probed: Probe, video: ProbeStream): number | undefined {
  if (video.codec_name !== "h264" || !isInterlaced(probed, video)) return undefined;
  const times = (probed.frames ?? []).flatMap(({ stream_index, pts }) =>
    stream_index === video.index && pts !== undefined ? [pts] : [],
  );
  const half = halfShortestInterval(times);
  if (half !== undefined) return half;
  const [frames = 0, seconds = 0] = (video.avg_frame_rate ?? "").split("/").map(Number);
  const [numerator, denominator] = parseTimeBase(video);
  return frames > 0 && seconds > 0 ? ((seconds / frames) * denominator) / numerator / 2 : undefined;
}

/** Half the distance between the closest of some times. Undefined if there are fewer than two. */
export function halfShortestInterval(times: Iterable<number>): number | undefined {
  const ordered = [...times].sort((a, b) => a - b);
  const intervals = ordered.slice(1).map((time, index) => time - (ordered[index] as number));
  return intervals.length > 0 ? Math.min(...intervals) / 2 : undefined;
}

/** The share of the time between two fields by which containers may round it, and the ticks where that is less than one. */
const ROUNDING = 0.15;
const ROUNDED_TICKS = 1;

/** Joins two packets with the fields of one picture. Like the decoder, it keeps the time of the first. */
export class FieldPairs {
  private first: Packet | undefined;

  constructor(
    private readonly ticks: number | undefined,
    private readonly onPicture: (packet: Packet) => void,
  ) {}

  /**
   * Takes packets in decoding order, in which the fields of a picture follow each other. The second may have no timestamp.
   *
   * @param isSecond Whether it is known to be a second field, or known not to be one. Otherwise its time tells.
   */
  add(packet: Packet, isSecond = this.isInTime(packet)): void {
    this.flush();
    this.first = isSecond ? undefined : packet;
  }

  /** Whether the next packet may come without a timestamp. */
  get awaitsSecondField(): boolean {
    return this.first !== undefined && this.ticks !== undefined;
  }

  flush(): void {
    const { first, ticks = 0 } = this;
    if (first) this.onPicture({ ...first, duration: Math.max(first.duration, 2 * ticks) });
    this.first = undefined;
  }

  private isInTime(packet: Packet): boolean {
    const { first, ticks } = this;
    return first !== undefined && ticks !== undefined && isSecondField(first, packet, ticks);
  }
}

/** A clock may be so slow that a whole picture takes one or two ticks, which rounding doesn't make of a field. */
function isSecondField(first: Packet, { pts }: Packet, ticks: number): boolean {
  const later = pts - first.pts;
  const isHalf = Math.abs(later - ticks) <= Math.max(ROUNDED_TICKS, ticks * ROUNDING);
  return Number.isNaN(pts) || (isHalf && later < 2 * ticks);
}
