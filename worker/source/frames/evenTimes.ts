import type { CorrectedFrames } from "./correctTimes";
import type { Packet } from "./frameCounter";

/** Pictures by which a picture's place in the file may differ from that in which it is shown. */
const MAX_REORDERED = 16;

/**
 * Works out the times of pictures of which only some have one, as a transport stream may leave them out. They have to be the same time
 * apart, and the first to have a time. Nobody knows which times the others have before they are decoded, so decoding begins with the first.
 */
export class EvenTimes {
  private first: Packet | undefined;
  private total = 0;
  private latest = -Infinity;
  private uneven = false;
  /** Whether times are missing. */
  incomplete = false;

  add(packet: Packet): void {
    const { pts, duration, key } = packet;
    if (Number.isNaN(pts)) this.incomplete = true;
    if (!this.first && !key) return;
    this.first ??= packet;
    this.total += 1;
    if (duration !== this.first.duration) this.uneven = true;
    if (Number.isNaN(pts)) return;
    const distance = pts - this.first.pts;
    const moved = distance / this.first.duration - (this.total - 1);
    if (distance < 0 || distance % this.first.duration !== 0 || Math.abs(moved) > MAX_REORDERED) this.uneven = true;
    this.latest = Math.max(this.latest, pts);
  }

  /** Undefined if they can't be worked out. */
  finish(): CorrectedFrames | undefined {
    const { first, total, latest, uneven } = this;
    if (!first || uneven || Number.isNaN(first.pts) || first.duration <= 0) return undefined;
    const [every, end] = [first.duration, first.pts + total * first.duration];
    // Then others are missing.
    if (latest > end - every) return undefined;
    const counted = { keyframes: [first.pts], frames: [total], last: end - every, end, total, disordered: false };
    return { ...counted, times: { every } };
  }
}
