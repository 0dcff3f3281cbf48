/** Seconds by which a timestamp may be rounded. From there on, encoding would cut what overlaps and fill what is missing. */
const ROUNDED = 0.01;

/** Seconds without a frame in time after which frames are no longer late, but come after a pause. */
export const LONGEST_DELAY = 1;

/** How much later than the frames before would have it something comes, in seconds. */
interface Lateness {
  /** The seconds of sound so far. */
  position: number;
  /** That of frames in time. */
  held: number;
  /** The least since `since`, and the most since a frame was in time. */
  least: number;
  most: number;
  since: number;
}

/**
 * Finds streams of sound that have the times at which frames arrived somewhere rather than those of a clock, as recorders of cameras and of
 * WebRTC write them: some come late, and the next ones overlap with them.
 */
export class SoundJitter {
  private readonly streams = new Map<number, Lateness>();
  private readonly delays = new Map<number, number>();

  /** Takes the frames of a stream in their order, in seconds. */
  add(stream: number, begin: number, seconds: number): void {
    const state = this.streams.get(stream);
    if (!state) {
      const still = { held: begin, least: begin, most: begin };
      this.streams.set(stream, { ...still, position: seconds, since: begin });
      return;
    }
    const late = begin - state.position;
    state.position += seconds;
    if (begin - state.since >= LONGEST_DELAY) {
      [state.held, state.least, state.most, state.since] = [state.least, late, late, begin];
    } else {
      state.least = Math.min(state.least, late);
      state.most = Math.max(state.most, late);
    }
    // Where two recordings overlap, sound goes back without having been late.
    const delay = state.most - Math.max(state.held, late);
    if (delay > ROUNDED) this.delays.set(stream, Math.max(this.delays.get(stream) ?? 0, delay));
    if (late > state.held) return;
    [state.held, state.most] = [late, late];
  }

  /** The longest delay of a stream, in seconds. Undefined if every frame follows the one before. */
  of(stream: number): number | undefined {
    return this.delays.get(stream);
  }
}
