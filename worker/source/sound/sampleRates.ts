/** The rates that a core of AAC may have (ISO 14496-3, 1.6.3.4), in the order of their indexes. */
export const AAC_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

/** The rates that sound has, and those that bare samples seem to have if they are those of three times as many channels, or of a third. */
const RATES = [...AAC_RATES, 176_400, 192_000, 132_300, 144_000, 14_700];

/** How many times as many frames in a row are looked at as at first: the more, the more of them have a time of their own. */
const WINDOWS = [1, 2.5, 6] as const;

/** How many frames come between two looks. */
const HOP = 4;

/** Seconds by which rounding may change the distance of two frames. */
const ROUNDED = 0.0012;

/** How many frames of a window have to have a time of their own, if not all do. */
const SUFFICIENT = 5;

/** The share by which the distance of frames may be off, for rates differ by at least eight per cent, and the seconds by which single ones may. */
const DISTANCE_SHARE = 0.01;
const UNEVEN = 0.003;

/** Seconds within which single frames tell little: a recorder may hurry after a stop. */
const TOO_SHORT = 0.5;

interface Frame {
  index: number;
  seconds: number;
  /** The samples before it. */
  position: number;
}

/**
 * Finds where frames begin to come at the distance that another sample rate has. Recorders pause, lose frames and round times; so it takes frames
 * that come evenly for that.
 */
export class SampleRates {
  /** The rate at which frames have come. Undefined as long as they are too few or uneven. */
  rate: number | undefined;
  private frames: Frame[] = [];
  private index = 0;
  private position = 0;

  /** @param shortest The least number of frames in a row that show a rate. */
  constructor(private readonly shortest: number) {}

  /** @returns When frames began to come at another rate, if this one shows it. */
  add(seconds: number, samples: number): number | undefined {
    this.frames.push({ index: this.index, seconds, position: this.position });
    this.index += 1;
    this.position += samples;
    const longest = Math.max(...WINDOWS) * this.shortest + 1;
    if (this.frames.length >= 2 * longest) this.frames = this.frames.slice(-longest);
    if (this.index % HOP !== 0) return undefined;
    for (const times of WINDOWS) {
      const window = this.frames.slice(-times * this.shortest - 1);
      const found = window.length > times * this.shortest ? evenRate(window, this.shortest) : undefined;
      if (!found) continue;
      if (this.rate !== undefined && found.rate !== this.rate) return found.from;
      this.rate = found.rate;
      return undefined;
    }
    return undefined;
  }
}

/**
 * The sample rate of frames, and when the first one begins that shows it. Undefined if no rate has this distance, or if they come unevenly.
 *
 * A transport stream has one time for several frames, and ffmpeg puts the others at the distance that frames had at the beginning. When such a
 * stream is copied into another container, only those behind another distance show how long frames are.
 */
function evenRate(frames: readonly Frame[], shortest: number): { rate: number; from: number } | undefined {
  const distances = frames.slice(1).map(({ seconds }, index) => seconds - (frames[index] as Frame).seconds);
  const usual = median(distances);
  const timed = frames.filter((_, index) => Math.abs((distances[index - 1] ?? usual) - usual) > ROUNDED);
  const shown = timed.length >= SUFFICIENT ? timed : frames;
  const [first, last] = [shown[0], shown.at(-1)] as [Frame, Frame];
  // Between frames with a time of their own lie others.
  if (last.index - first.index < shortest - 2) return undefined;
  const [seconds, samples] = [last.seconds - first.seconds, last.position - first.position];
  if (seconds < TOO_SHORT) return undefined;
  const rate = RATES.find((known) => Math.abs((seconds * known) / samples - 1) <= DISTANCE_SHARE);
  if (rate === undefined) return undefined;
  const late = shown.map(({ seconds, position }) => seconds - position / rate);
  return Math.max(...late) - Math.min(...late) <= UNEVEN ? { rate, from: first.seconds } : undefined;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
