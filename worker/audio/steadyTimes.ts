import { LONGEST_DELAY } from "../source/sound/soundJitter";

/** Seconds by which a pause has to be longer than any delay, to be known at once. */
const LONGER = 0.01;

/**
 * The variables that hold the samples so far, how much later than those the frames in time begin, the least since a moment, that moment, and
 * how much later the frame at hand begins.
 */
const [POSITION, HELD, LEAST, SINCE, LATE] = [0, 1, 2, 3, 4] as const;

/**
 * An expression of `asetpts` for the times of frames of which some come late by up to some seconds: each begins where the one before ends. After
 * a pause none is in time any longer. A short one is known only from that.
 */
export function steadyTimes(delaySeconds: number): string {
  const late = `ld(${LATE})`;
  const isPast = `gte(PTS-ld(${SINCE}),${LONGEST_DELAY}*SR)`;
  const isPause = `gt(${late}-ld(${HELD}),${(delaySeconds + LONGER).toFixed(6)}*SR)`;
  const anew = `st(${HELD},${late});st(${LEAST},${late});st(${SINCE},PTS)`;
  return [
    `st(${LATE},PTS-ld(${POSITION}))`,
    `if(${isPast},st(${HELD},ld(${LEAST}));st(${LEAST},${late});st(${SINCE},PTS),st(${LEAST},min(ld(${LEAST}),${late})))`,
    `if(not(N)+${isPause},${anew})`,
    `st(${HELD},min(ld(${HELD}),${late}))`,
    `st(${POSITION},ld(${POSITION})+NB_SAMPLES)`,
    `ld(${POSITION})-NB_SAMPLES+ld(${HELD})`,
  ].join(";");
}
