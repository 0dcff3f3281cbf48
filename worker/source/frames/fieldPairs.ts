import type { Probe, ProbeStream } from "../ffprobe/output";
import type { Packet } from "./frameCounter";
import { isInterlaced } from "./isInterlaced";
import { timeBaseOf } from "../ffprobe/timeBase";

/**
 * Ticks from one field to the next of H.264 that may have a field in a packet (PAFF): half of what is between the first frames
 * that came out of the decoder, or else of what the stream says. Nothing where pictures are always whole.
 */
export function fieldTicks(probed: Probe, video: ProbeStream): number | undefined {
  if (video.codec_name !== "h264" || !isInterlaced(probed, video)) return undefined;
  const times = (probed.frames ?? [])
    .flatMap(({ stream_index, pts }) => (stream_index === video.index && pts !== undefined ? [pts] : []))
    .sort((a, b) => a - b);
  const between = times.slice(1).map((time, index) => time - (times[index] as number));
  if (between.length > 0) return Math.min(...between) / 2;
  const [frames = 0, seconds = 0] = (video.avg_frame_rate ?? "").split("/").map(Number);
  const [numerator, denominator] = timeBaseOf(video);
  return frames > 0 && seconds > 0 ? ((seconds / frames) * denominator) / numerator / 2 : undefined;
}

/** Of the time from one field to the next, by which containers round it. */
const ROUNDED = 0.15;

/** Makes one packet of two that are the fields of one picture. The decoder gives it the time of the first. */
export class FieldPairs {
  private first: Packet | undefined;

  constructor(
    private readonly ticks: number | undefined,
    private readonly onPicture: (packet: Packet) => void,
  ) {}

  /** In decoding order, in which the fields of a picture follow each other. The second one may come without a time. */
  add(packet: Packet): void {
    const { first, ticks } = this;
    if (first === undefined || ticks === undefined || !isSecond(first, packet, ticks)) {
      this.flush();
      this.first = packet;
      return;
    }
    this.onPicture({ ...first, duration: Math.max(first.duration, 2 * ticks) });
    this.first = undefined;
  }

  /** Whether the next packet may have no time of its own. */
  get awaitsSecond(): boolean {
    return this.first !== undefined && this.ticks !== undefined;
  }

  flush(): void {
    if (this.first) this.onPicture(this.first);
    this.first = undefined;
  }
}

function isSecond(first: Packet, { pts }: Packet, ticks: number): boolean {
  return Number.isNaN(pts) || Math.abs(pts - first.pts - ticks) <= Math.max(1, ticks * ROUNDED);
}
