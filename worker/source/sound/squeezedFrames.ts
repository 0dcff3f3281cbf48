/** The share of its length after which a frame is squeezed if the next one follows, and how many of them in a row are no accident. */
const SQUEEZED_SHARE = 0.25;
const SUFFICIENT = 2;

/** Seconds that frames have to lack, and before them, in which a pause may explain it: a recorder that was held up hurries afterwards. */
const LACKING = 0.1;
const EXPLAINED = 10;

interface Lateness {
  seconds: number;
  late: number;
}

/** Where frames of sound have times that leave them no room. */
export interface Squeeze {
  from: number;
  /** Seconds of sound that have no time of their own. */
  lacking: number;
}

/**
 * Finds frames that are given the same time, as ffmpeg does it when it joins parts with `-c copy` of which one begins before the other ends: by
 * the ticks of the first, those of the second mean another time.
 */
export class SqueezedFrames {
  private readonly before: Lateness[] = [];
  private run: { from: number; frames: number } | undefined;
  private position = 0;
  private last: { seconds: number; length: number } | undefined;

  /** @returns What is squeezed, when the first frame that isn't follows. */
  add(seconds: number, length: number): Squeeze | undefined {
    const { last } = this;
    const late = seconds - this.position;
    const isSqueezed = last !== undefined && seconds - last.seconds < SQUEEZED_SHARE * last.length;
    this.last = { seconds, length };
    this.position += length;
    if (isSqueezed) {
      this.run ??= { from: last.seconds, frames: 0 };
      this.run.frames += 1;
      return undefined;
    }
    const { run } = this;
    this.run = undefined;
    const lacking = run && run.frames >= SUFFICIENT ? Math.min(...this.before.map((frame) => frame.late)) - late : 0;
    this.before.push({ seconds, late });
    while (seconds - (this.before[0] as Lateness).seconds > EXPLAINED) this.before.shift();
    return run && lacking > LACKING ? { from: run.from, lacking } : undefined;
  }
}
