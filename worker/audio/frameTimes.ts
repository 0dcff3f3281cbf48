import type { SourceAudio } from "../../contract/sourceAudio";

/** The rates that MPEG audio may have, and the samples of a frame of its layers. */
const MPEG_RATES = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000];
const MPEG_SAMPLES = [384, 576, 1152];

/** Seconds that rounding may add to the distance of two timestamps, and that tell one frame's length from another's. */
const ROUNDED = 0.0001;
const DISTINCT = 0.0005;

/** Seconds that a recorder may leave out or repeat where it changes the rate. */
const UNEVEN = 0.1;

/** Seconds from the first timestamp of a stream within which a frame is its first one, although none before could be decoded. */
const BEGINNING = 0.5;

/**
 * An expression of ffmpeg's `asetpts` for the seconds at which a frame begins. Where the rate changes on the way, ffmpeg gets the times of
 * some frames wrong, and these follow the frame before instead.
 *
 * @param earliest The time of frames of which only those that come before show when they begin: `followingTimes` does the rest.
 */
export function frameTimes({ frames }: Pick<SourceAudio, "frames">, earliest: number): string {
  if (!frames?.mpeg && frames?.grouped === undefined) return TIME;
  const { first, mpeg, grouped } = frames;
  const lengths = mpeg ? MPEG_RATES.flatMap((rate) => MPEG_SAMPLES.map((samples) => samples / rate)) : [];
  const due = `${TIME_MADE}+${LENGTH}`;
  const wrong = [
    ...(grouped === undefined ? [] : [isInferred([grouped, ...lengths])]),
    ...(mpeg ? [isMisread(due, UNEVEN)] : []),
  ];
  const isFirst = isMisread(String(first), ROUNDED);
  const begin = mpeg ? `if(${isFirst},${first},${TIME})` : TIME;
  const made = `if(N,if(${wrong.join("+")},${due},${TIME}),${begin})`;
  const isKnown = `N+${isFirst}+lt(abs(${TIME}-(${first})),${BEGINNING})`;
  const shown = mpeg ? `if(${isKnown},${TIME_MADE},${earliest})` : TIME_MADE;
  return `st(2,${made});st(0,${TIME});st(1,NB_SAMPLES/SR);${shown}`;
}

const TIME = "PTS*TB";
/** The variables that hold the time of the frame before as ffmpeg has it, its length, and the time that it got. */
const [TIME_BEFORE, LENGTH, TIME_MADE] = ["ld(0)", "ld(1)", "ld(2)"] as const;

/**
 * Within an elementary packet only the first frame has a time of its own. The demuxer lets the others follow by the length of a frame, for
 * which it goes by the rate at the beginning, or by that of some frames ago.
 */
function isInferred(lengths: readonly number[]): string {
  const after = `(${TIME}-${TIME_BEFORE})`;
  const all = [...new Set(lengths.map((seconds) => seconds.toFixed(6)))];
  const isLength = all.map((seconds) => `lt(abs(${after}-${seconds}),${ROUNDED})`).join("+");
  return `gt(abs(${after}-${LENGTH}),${DISTINCT})*(${isLength})`;
}

/**
 * In ffmpeg 5.1 the first frame of MPEG audio with another rate still has the rate from before, while its time counts samples of the other.
 * The very first frame may have any rate that was found while probing.
 */
function isMisread(due: string, tolerance: number): string {
  return MPEG_RATES.map((rate) => {
    const off = `abs(PTS/${rate}-(${due}))`;
    return `lt(${off},${tolerance})*lt(4*${off},abs(${TIME}-(${due})))`;
  }).join("+");
}

/** The variables that hold a decoded frame's time in samples, its length, the time that it got, and whether that isn't the decoded one. */
const [DECODED, SAMPLES, GOT, FOLLOWS] = [0, 1, 2, 3] as const;

/**
 * An expression of `asetpts` for the times of decoded frames, in samples, where `frameTimes` has put some at the earliest one. A muxer lets no
 * time fall, so that such a frame comes a tick after the beginning of the one before, and it begins where that one ends.
 */
export const followingTimes = [
  `st(${FOLLOWS},if(N,not(ld(${FOLLOWS}))*lt(PTS-ld(${DECODED}),2)))`,
  `st(${GOT},if(ld(${FOLLOWS}),ld(${GOT})+ld(${SAMPLES}),PTS))`,
  ...[`st(${DECODED},PTS)`, `st(${SAMPLES},NB_SAMPLES)`, `ld(${GOT})`],
].join(";");
