import type { FrameRun, SourceAudio } from "../../../contract/sourceAudio";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { SoundJitter } from "./soundJitter";
import { lengthReader } from "./frameLengths";
import { beginsOf, correctTimes, type TimedFrame } from "./frameRuns";
import { readSoundFrames, type SoundFrame } from "./frames";
import { listStatedTimes } from "./statedTimes";

/** Stretches with other times, of which a program's argument has room for twice as many. */
const MOST = 1000;

/**
 * Notes of audio tracks whose frames change their length, and share times, when each of those begins that ffmpeg gets wrong. This reads the
 * sound once to see whether it is so, and twice more if it is.
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
  const changing = await findChangingLengths(input, name, wanted);
  if (changing.length === 0) return [...tracks];
  const stated = await listStatedTimes(input, name);
  const found = await readSoundFrames(input, name, changing, (frames, stream) =>
    timeFrames(frames, stream, stated.get(stream.index) ?? []),
  );
  const timed = new Map(changing.map(({ index }, number) => [index, found[number]]));
  return tracks.map((track) => {
    const frames = timed.get(track.stream);
    return frames ? withTimes(track, frames, name) : track;
  });
}

/** Most streams that don't come at one distance have gaps, and frames of one length. */
async function findChangingLengths(
  input: MediaInput,
  name: string,
  streams: readonly ProbeStream[],
): Promise<ProbeStream[]> {
  if (streams.length === 0) return [];
  const changes = await readSoundFrames(input, name, streams, async (frames, { codec_name = "" }) => {
    const read = lengthReader(codec_name);
    const lengths = new Set<number>();
    for await (const { bytes } of frames) {
      const length = read?.(bytes);
      if (length !== undefined) lengths.add(length);
    }
    return lengths.size > 1;
  });
  return streams.filter((_, number) => changes[number]);
}

/** The track with the right times of its frames. Whether some come late is seen from those. */
export function withTimes(track: SourceAudio, frames: readonly TimedFrame[], name: string): SourceAudio {
  if (!track.frames) return track;
  const { first, mpeg } = track.frames;
  const corrected = correctTimes(frames);
  assertFew(name, corrected);
  const jitterSeconds = jitterOf(frames);
  const steady = { ...track };
  delete steady.jitterSeconds;
  return {
    ...steady,
    frames: { first, ...(mpeg ? { mpeg } : {}), ...(corrected.length > 0 ? { corrected } : {}) },
    ...(jitterSeconds === undefined ? {} : { jitterSeconds }),
  };
}

function jitterOf(frames: readonly TimedFrame[]): number | undefined {
  const jitter = new SoundJitter();
  beginsOf(frames).forEach((begin, index) => jitter.add(0, begin, (frames[index] as TimedFrame).length));
  return jitter.of(0);
}

/** Refuses sound with more corrections than fit into an argument. */
export function assertFew(name: string, corrected: readonly FrameRun[]): void {
  if (corrected.length <= MOST) return;
  throw new InputError(
    `${name} has sound whose sample rate changes so often that more than ${MOST.toLocaleString("en-US")} stretches of it have no times of their own; convert its sound to one sample rate.`,
  );
}

/** @returns Undefined if the first frames don't say how long they are. */
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
  const isKnown = !Number.isNaN(timed[0]?.length) && timed.length === stated.length;
  return isKnown ? timed : undefined;
}
