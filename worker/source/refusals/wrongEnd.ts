import { InputError } from "../../errors/errors";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** Seconds by which the last picture comes later than the others if its time is wrong: more than any pause without sound that is stored. */
const JUMP = 10;

/** What a scan of the file's packets has shown. */
interface Scanned {
  /** Times without pictures, and where the pictures behind them begin in the file. */
  gaps: readonly { from: number; to: number; after: number }[];
  last: number;
  keyframes: ArrayLike<number>;
  streamTimes: { sounds: { ends: readonly number[] }; lastOf(streams: readonly number[]): number };
}

/**
 * Refuses an FLV whose last picture has a wrong time, as a single damaged byte gives it. Tags come in the order of their times, so earlier sound
 * behind the picture shows that. Where none follows, it counts as another recording.
 */
export function assertEndInTime(
  name: string,
  { format, streams }: Probe,
  video: ProbeStream,
  { gaps, last, keyframes, streamTimes }: Scanned,
): void {
  const gap = gaps.at(-1);
  if (!isContainer(format, ["flv"]) || gap?.to !== last) return;
  const [numerator, denominator] = parseTimeBase(video);
  const secondsUntil = (pts: number): number => ((pts - (keyframes[0] as number)) * numerator) / denominator;
  const [from, to] = [secondsUntil(gap.from), secondsUntil(gap.to)];
  const sounds = streams.filter(({ codec_type }) => codec_type === "audio").map(({ index }) => index);
  const heardUntil = Math.max(0, ...streamTimes.sounds.ends) - ((keyframes[0] as number) * numerator) / denominator;
  const isBeforeSound = streamTimes.lastOf(sounds) > gap.after && heardUntil < to - JUMP;
  if (to - from <= JUMP || !isBeforeSound) return;
  throw new InputError(
    `${name} has a wrong time at its end: its last picture comes at ${to.toFixed(1)} seconds, and all others within ${from.toFixed(1)}; leave it out with: ffmpeg -i IN.flv -t ${(from + 0.1).toFixed(1)} -c copy OUT.mkv.`,
  );
}
