import type { FrameIndex } from "../../plan/split";
import { NumberList } from "./numberList";
import { PeakDensity } from "./peakDensity";
import { RisingTimes } from "./risingTimes";

export interface CountedFrames extends FrameIndex {
  total: number;
  /** The timestamp of the last frame shown. */
  last: number;
  /** Whether some frames are shown later than their timestamps say, because those don't rise. */
  disordered: boolean;
  /** What comes before the first keyframe, and can't be decoded for want of one. Absent if nothing does. */
  undecodable?: { pictures: number; from: number };
}

/** The properties of a packet that are read. Times are in the stream's time base. */
export interface Packet {
  pts: number;
  dts: number;
  duration: number;
  key: boolean;
  /** Whether an edit list hides it: it is needed for decoding, but not shown. */
  hidden: boolean;
}

/** Counts the frames shown from each keyframe until the next. Packets come in decoding order. */
export class FrameCounter {
  private readonly keyframes = new NumberList(Float64Array);
  private readonly frames = new NumberList(Uint32Array);
  /** Whether an edit list begins after a keyframe, so that the first frame shown is not a keyframe. */
  private beginsHidden = false;
  private undecodable: CountedFrames["undecodable"];
  private last = -Infinity;
  private end = -Infinity;
  private held = { from: -Infinity, until: -Infinity };
  private readonly density: PeakDensity;
  private readonly times = new RisingTimes();
  /** Whether frames that precede the last keyframe may still come, and when that is decoded. */
  private mayLead = false;
  private keyframeDecoded = NaN;

  /** @param gopTicks The length of one GOP of the renditions, in ticks. */
  constructor(gopTicks: number) {
    this.density = new PeakDensity(gopTicks);
  }

  add({ pts, dts, duration, key, hidden }: Packet): void {
    if (hidden) {
      if (key && this.keyframes.length === 0) this.beginsHidden = true;
      return;
    }
    const firstOfAll = this.beginsHidden && this.keyframes.length === 0;
    // A chunk can't begin with a keyframe that is shown later than its timestamp says.
    const begins = firstOfAll || (key && pts > this.times.latest);
    const leads = !begins && this.leads(pts);
    if (begins) {
      this.keyframes.push(pts);
      this.frames.push(0);
      this.keyframeDecoded = dts;
    }
    this.mayLead = begins || leads || (this.beginsHidden && this.keyframes.length === 1);
    let keyframe = this.keyframes.length - 1;
    // Frames that follow a keyframe in the file but are shown before it belong to the one before.
    while (leads && keyframe >= 0 && pts < this.keyframes.get(keyframe)) keyframe -= 1;
    if (keyframe < 0) {
      if (this.keyframes.length === 0) this.undecodable = withOneMore(this.undecodable, pts);
      // Frames shown before the first keyframe can be decoded only if a hidden keyframe precedes them.
      if (!this.beginsHidden) return;
      this.keyframes.set((keyframe = 0), pts);
    }
    this.frames.set(keyframe, this.frames.get(keyframe) + 1);
    this.density.add(pts);
    this.times.add(pts, dts);
    // The last picture's own length alone counts, since the others end when the next one is shown.
    if (pts < this.last) return;
    if (pts > this.held.from) this.held.until = -Infinity;
    const end = pts + Math.max(1, duration);
    this.end = pts > this.last ? end : Math.max(this.end, end);
    this.last = pts;
  }

  /** Takes a packet without a frame, during which the one before stays. That may be taken later, if it waits for its second field. */
  hold({ pts, duration, hidden }: Packet): void {
    if (!hidden && !Number.isNaN(pts)) this.held = { from: pts, until: Math.max(this.held.until, pts + duration) };
  }

  /** Whether a frame is shown before the last keyframe, and not merely in disorder: no frame is shown before it is decoded. */
  private leads(pts: number): boolean {
    const { length } = this.keyframes;
    if (!this.mayLead || length === 0 || pts <= this.keyframeDecoded) return false;
    return pts < this.keyframes.get(length - 1);
  }

  /** Returns undefined when there was no keyframe. */
  finish(): CountedFrames | undefined {
    const { last, undecodable } = this;
    const [keyframes, frames] = [this.keyframes.join(), this.frames.join()];
    const end = Math.max(this.end, this.held.until, this.times.latest + 1);
    if (keyframes.length === 0) return undefined;
    const densest = this.density.finish();
    const disordered = this.times.finish();
    const total = frames.reduce((sum, count) => sum + count, 0);
    return { keyframes, frames, last, end, densest, disordered, total, ...(undecodable ? { undecodable } : {}) };
  }
}

function withOneMore(before: CountedFrames["undecodable"], pts: number): CountedFrames["undecodable"] {
  return before ? { pictures: before.pictures + 1, from: Math.min(before.from, pts) } : { pictures: 1, from: pts };
}
