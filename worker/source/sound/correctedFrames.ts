import type { FrameRun, SourceAudio } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { lengthReader } from "./frameLengths";
import { correctTimes, type TimedFrame } from "./frameRuns";
import { readSoundFrames, type SoundFrame } from "./frames";
import { listStatedTimes } from "./statedTimes";

/** Stretches with other times, of which a program's argument has room for twice as many. */
const MOST = 1000;

/**
 * Notes of audio tracks whose frames change their length, and share times, when each of those begins that ffmpeg gets wrong. This reads the
 * sound twice more.
 *
 * @param uneven The streams whose frames share times and don't come at one distance.
 */
export async function withCorrectedFrames(
  input: MediaInput,
  { streams }: Probe,
  name: string,
  tracks: readonly SourceAudio[],
  uneven: ReadonlySet<number>,
): Promise<SourceAudio[]> {
  const wanted = streams.filter(
    ({ index, codec_name = "" }) =>
      uneven.has(index) && lengthReader(codec_name) && tracks.some(({ stream }) => stream === index),
  );
  if (wanted.length === 0) return [...tracks];
  const stated = await listStatedTimes(input, name);
  const found = await readSoundFrames(input, name, wanted, (frames, stream) =>
    timeFrames(frames, stream, stated.get(stream.index) ?? []),
  );
  const timed = new Map(wanted.map(({ index }, number) => [index, found[number]]));
  return tracks.map((track) => {
    const frames = timed.get(track.stream);
    if (!frames || !track.frames) return track;
    const { first, mpeg } = track.frames;
    const corrected = correctTimes(frames);
    assertFew(name, corrected);
    return {
      ...track,
      frames: { first, ...(mpeg ? { mpeg } : {}), ...(corrected.length > 0 ? { corrected } : {}) },
    };
  });
}

/** Refuses sound with more corrections than fit into an argument. */
export function assertFew(name: string, corrected: readonly FrameRun[]): void {
  if (corrected.length <= MOST) return;
  throw new InputError(
    `${name} has sound whose sample rate changes so often that more than ${MOST.toLocaleString("en-US")} stretches of it have no times of their own; convert its sound to one sample rate.`,
  );
}

/** @returns Undefined if all frames are equally long, or don't say it. */
async function timeFrames(
  frames: AsyncIterable<SoundFrame>,
  stream: ProbeStream,
  stated: readonly number[],
): Promise<TimedFrame[] | undefined> {
  const [numerator, denominator] = parseTimeBase(stream);
  const read = lengthReader(stream.codec_name ?? "");
  const timed: TimedFrame[] = [];
  let length: number | undefined;
  for await (const { bytes, seconds } of frames) {
    // What is no frame lasts as long as the one before.
    length = read?.(bytes) ?? length;
    const ticks = stated[timed.length] ?? NaN;
    timed.push({ stated: (ticks * numerator) / denominator, given: seconds, length: length ?? NaN });
  }
  const lengths = new Set(timed.map((frame) => frame.length));
  const isKnown = !lengths.has(NaN) && timed.length === stated.length;
  return isKnown && lengths.size > 1 ? timed : undefined;
}
