import type { SourceAudio } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import { firstElement, PAIR, SINGLE } from "../aac/firstElement";
import { type AacFrame, readAacFrames } from "../aac/frames";
import { MonoFrames } from "../aac/monoFrames";
import { SampleRates } from "../aac/sampleRates";
import { SteadyValue } from "../aac/steadyValue";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";

/** Containers that describe AAC for many frames at once. In others each frame does. */
const DESCRIBED_ONCE = ["mov", "matroska", "flv"];

/** Profiles whose frames consist of elements that say what they are. */
const WITH_ELEMENTS = ["LC", "HE-AAC", "HE-AACv2", "Main", "LTP", "SSR"];

/** How many frames in a row have to begin with another element. */
const SUFFICIENT = 8;

/** One of so many frames is tried as mono, for decoding takes time. */
const TRIED = 8;

/**
 * Refuses a file with sound in AAC whose channels or sample rate change, although their description doesn't. ffmpeg makes such files when it joins
 * others with `-c copy`, and then repeats a piece of old sound in the channels that are missing, or plays it too fast or too slowly. This reads the
 * sound once more.
 */
export async function assertUnchangedAac(
  input: MediaInput,
  { format, streams }: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  const aac = streams.filter(
    ({ codec_name, profile, index }) =>
      codec_name === "aac" && WITH_ELEMENTS.includes(profile ?? "") && tracks.some(({ stream }) => stream === index),
  );
  if (!isContainer(format, DESCRIBED_ONCE) || aac.length === 0) return;
  const changes = await readAacFrames(input, name, aac, findChange);
  const change = changes.find((found) => found !== undefined);
  if (!change) return;
  const { what, from, about } = change;
  const seconds = from - Number(format.start_time ?? 0);
  const after = about ? `after about ${seconds.toFixed(0)} seconds` : `after ${seconds.toFixed(1)} seconds`;
  throw new InputError(
    `${name} has AAC sound whose ${what} ${after}, although it is described as the sound before; convert the sound of its parts to the same ${SAME[what]} and join them again.`,
  );
}

const SAME = { "channels change": "channels", "sample rate changes": "sample rate" } as const;

interface Change {
  what: keyof typeof SAME;
  /** Seconds. */
  from: number;
  about: boolean;
}

/** The first change under one description. */
async function findChange(frames: AsyncIterable<AacFrame>, { channels }: ProbeStream): Promise<Change | undefined> {
  let [elements, rates] = [new SteadyValue<number>(SUFFICIENT), new SampleRates()];
  let [singles, descriptions] = [0, 0];
  let change: Change | undefined;
  const mono = new MonoFrames();
  try {
    for await (const frame of frames) {
      // The rest has to be read, or else ffmpeg would wait.
      if (change) continue;
      if (frame.described) {
        [elements, rates] = [new SteadyValue(SUFFICIENT), new SampleRates()];
        descriptions += 1;
      }
      const element = firstElement(frame.bytes);
      const otherElement = element === undefined ? undefined : elements.add(element, frame.seconds);
      const otherRate = rates.add(frame.seconds);
      // Two channels after one are decoded, if they stay.
      const isDecoded = channels === 1 && element === PAIR;
      if (otherElement !== undefined && !isDecoded) change = channelChange(otherElement, false);
      else if (otherRate !== undefined) change = { what: "sample rate changes", from: otherRate, about: true };
      // Where two are described, an extension spreads the one that frames have.
      if (element !== SINGLE || channels === 2) continue;
      if (singles % TRIED === 0) await mono.try(frame, descriptions, rates.rate);
      singles += 1;
    }
    const otherCount = await mono.finish();
    return change ?? (otherCount === undefined ? undefined : channelChange(otherCount, true));
  } finally {
    mono.stop();
  }
}

function channelChange(from: number, about: boolean): Change {
  return { what: "channels change", from, about };
}
