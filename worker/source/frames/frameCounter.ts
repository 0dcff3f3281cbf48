import type { FrameIndex } from "../../plan/split";
import { Density } from "./peakDensity";

export interface FrameScan extends FrameIndex {
  total: number;
  /** Timestamp of the last frame shown. */
  last: number;
}

/** What is read of a packet. Times are in the stream's time base. */
export interface Packet {
  pts: number;
  duration: number;
  key: boolean;
  /** Hidden by an edit list: there to be decoded, not to be shown. */
  hidden: boolean;
}

/** Counts frames by the keyframe from which they are shown, while packets come in decoding order. */
export class FrameCounter {
  private readonly keyframes: number[] = [];
  private readonly frames: number[] = [];
  /** Whether an edit list begins behind a keyframe, so that the first frame shown is another one. */
  private beginsHidden = false;
  private last = -Infinity;
  private end = -Infinity;
  private readonly density: Density;

  /** @param gopTicks Ticks of one GOP of what will be made of the video. */
  constructor(gopTicks: number) {
    this.density = new Density(gopTicks);
  }

  add({ pts, duration, key, hidden }: Packet): void {
    if (hidden) {
      if (key && this.keyframes.length === 0) this.beginsHidden = true;
      return;
    }
    const firstOfAll = this.beginsHidden && this.keyframes.length === 0;
    if ((key || firstOfAll) && pts > (this.keyframes.at(-1) ?? -Infinity)) {
      this.keyframes.push(pts);
      this.frames.push(0);
    }
    // Frames that follow a keyframe in the file but are shown before it belong to the one before.
    let keyframe = this.keyframes.length - 1;
    while (keyframe >= 0 && pts < (this.keyframes[keyframe] as number)) keyframe -= 1;
    if (keyframe < 0) {
      // Shown before the very first: they can be decoded only from a hidden keyframe.
      if (!this.beginsHidden) return;
      this.keyframes[(keyframe = 0)] = pts;
    }
    this.frames[keyframe] = (this.frames[keyframe] as number) + 1;
    this.density.add(pts);
    this.last = Math.max(this.last, pts);
    this.end = Math.max(this.end, pts + Math.max(1, duration));
  }

  /** Nothing when there was no keyframe. */
  finish(): FrameScan | undefined {
    const { keyframes, frames, last, end } = this;
    if (keyframes.length === 0) return undefined;
    const densest = this.density.finish();
    return { keyframes, frames, last, end, densest, total: frames.reduce((sum, count) => sum + count, 0) };
  }
}
