import type { FrameIndex } from "../../plan/split";
import { PeakDensity } from "./peakDensity";

export interface CountedFrames extends FrameIndex {
  total: number;
  /** The timestamp of the last frame shown. */
  last: number;
}

/** The properties of a packet that are read. Times are in the stream's time base. */
export interface Packet {
  pts: number;
  duration: number;
  key: boolean;
  /** Whether an edit list hides it: it is needed for decoding, but not shown. */
  hidden: boolean;
}

/** Counts the frames shown from each keyframe until the next. Packets come in decoding order. */
export class FrameCounter {
  private readonly keyframes: number[] = [];
  private readonly frames: number[] = [];
  /** Whether an edit list begins after a keyframe, so that the first frame shown is not a keyframe. */
  private beginsHidden = false;
  private last = -Infinity;
  private end = -Infinity;
  private readonly density: PeakDensity;

  /** @param gopTicks The length of one GOP of the renditions, in ticks. */
  constructor(gopTicks: number) {
    this.density = new PeakDensity(gopTicks);
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
      // Frames shown before the first keyframe can be decoded only if a hidden keyframe precedes them.
      if (!this.beginsHidden) return;
      this.keyframes[(keyframe = 0)] = pts;
    }
    this.frames[keyframe] = (this.frames[keyframe] as number) + 1;
    this.density.add(pts);
    // The last picture's own length alone counts, since the others end when the next one is shown.
    if (pts < this.last) return;
    const end = pts + Math.max(1, duration);
    this.end = pts > this.last ? end : Math.max(this.end, end);
    this.last = pts;
  }

  /** Returns undefined when there was no keyframe. */
  finish(): CountedFrames | undefined {
    const { keyframes, frames, last, end } = this;
    if (keyframes.length === 0) return undefined;
    const densest = this.density.finish();
    return { keyframes, frames, last, end, densest, total: frames.reduce((sum, count) => sum + count, 0) };
  }
}
