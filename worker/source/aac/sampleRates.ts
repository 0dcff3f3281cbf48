/** The rates that a core of AAC may have (ISO 14496-3, 1.6.3.4), in the order of their indexes. */
export const AAC_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
] as const;

export type AacRate = (typeof AAC_RATES)[number];

/** The samples of a frame of the core. */
export const FRAME_SAMPLES = 1024;

/** How many frames in a row are looked at: the more, the more of them have a time of their own. */
const WINDOWS = [32, 80, 192] as const;

/** How many frames come between two looks. */
const HOP = 8;

/** Seconds by which rounding may change the distance of two frames. */
const ROUNDED = 0.0012;

/** How many frames of a window have to have a time of their own, if not all do, and how many frames lie between the first and the last one. */
const SUFFICIENT = 5;
const APART = 30;

/** The share by which the distance of frames may be off, for rates differ by at least eight per cent, and the seconds by which single ones may. */
const DISTANCE_SHARE = 0.01;
const UNEVEN = 0.003;

/**
 * Finds where frames of AAC begin to come at the distance that another sample rate has. Recorders pause, lose frames and round times; so it takes
 * frames that come evenly for that.
 */
export class SampleRates {
  /** The rate at which frames have come. Undefined as long as they are too few or uneven. */
  rate: AacRate | undefined;
  private times: number[] = [];
  private frames = 0;

  /** @returns When frames began to come at another rate, if this one shows it. */
  add(seconds: number): number | undefined {
    this.times.push(seconds);
    this.frames += 1;
    const longest = Math.max(...WINDOWS) + 1;
    if (this.times.length >= 2 * longest) this.times = this.times.slice(-longest);
    if (this.frames % HOP !== 0) return undefined;
    for (const frames of WINDOWS) {
      const window = this.times.slice(-frames - 1);
      const found = window.length > frames ? evenRate(window) : undefined;
      if (!found) continue;
      if (this.rate !== undefined && found.rate !== this.rate) return found.from;
      this.rate = found.rate;
    }
    return undefined;
  }
}

/**
 * The sample rate of frames that begin at these times, and the first one that shows it. Undefined if no rate has frames of that length, or if they come unevenly.
 *
 * A transport stream has one time for several frames, and ffmpeg puts the others at the distance that frames had at the beginning. When such a
 * stream is copied into another container, only those behind another distance show how long frames are.
 */
function evenRate(times: readonly number[]): { rate: AacRate; from: number } | undefined {
  const usual = median(times.slice(1).map((time, index) => time - (times[index] as number)));
  const frames = times.map((time, index) => ({ time, index }));
  const timed = frames.filter(
    ({ time, index }) => index > 0 && Math.abs(time - (times[index - 1] as number) - usual) > ROUNDED,
  );
  const shown = timed.length >= SUFFICIENT ? timed : frames;
  const [first, last] = [shown[0], shown.at(-1)] as [Frame, Frame];
  if (last.index - first.index < APART) return undefined;
  const distance = (last.time - first.time) / (last.index - first.index);
  const rate = AAC_RATES.find((known) => Math.abs((distance * known) / FRAME_SAMPLES - 1) <= DISTANCE_SHARE);
  if (rate === undefined) return undefined;
  const late = shown.map(({ time, index }) => time - first.time - ((index - first.index) * FRAME_SAMPLES) / rate);
  return Math.max(...late) - Math.min(...late) <= UNEVEN ? { rate, from: first.time } : undefined;
}

interface Frame {
  time: number;
  index: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
