import type { SourceAudio } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import { firstElement, PAIR, SINGLE } from "../sound/firstElement";
import { type SoundFrame, readSoundFrames } from "../sound/frames";
import { AAC_SAMPLES, MonoFrames } from "../sound/monoFrames";
import { SampleRates } from "../sound/sampleRates";
import { SteadyValue } from "../sound/steadyValue";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";

/** Containers that describe sound for many frames at once. In others each frame of AAC does. */
const DESCRIBED_ONCE = ["mov", "matroska", "flv"];

/** Profiles of AAC whose frames consist of elements that say what they are. */
const WITH_ELEMENTS = ["LC", "HE-AAC", "HE-AACv2", "Main", "LTP", "SSR"];

/** A codec whose frames don't say their rate. */
interface Described {
  name: string;
  /** The samples of a frame, or those in so many bytes. */
  samples: (bytes: number) => number;
  /** How many frames in a row show the rate. */
  shortest: number;
  hasElements: boolean;
}

function describedCodec({ codec_name = "", profile = "", channels = 0 }: ProbeStream): Described | undefined {
  const bits = /^pcm_[suf](\d+)/.exec(codec_name)?.[1];
  if (codec_name === "aac" && WITH_ELEMENTS.includes(profile)) {
    return { name: "AAC", samples: () => AAC_SAMPLES, shortest: 32, hasElements: true };
  }
  if (codec_name === "alac") return { name: "ALAC", samples: () => 4096, shortest: 12, hasElements: true };
  if (bits === undefined) return undefined;
  const samples = (bytes: number): number => (8 * bytes) / Number(bits) / channels;
  return { name: "PCM", samples, shortest: 12, hasElements: false };
}

/** How many frames in a row have to begin with another element. */
const SUFFICIENT = 8;

/** One of so many frames is tried as mono, for decoding takes time. */
const TRIED = 8;

/**
 * Refuses a file with sound in AAC, ALAC or PCM whose channels or sample rate change, although their description doesn't. ffmpeg makes such files when it
 * joins others with `-c copy`, and then repeats a piece of old sound in the channels that are missing, or plays it too fast or too slowly. This reads
 * the sound once more.
 */
export async function assertUnchangedSound(
  input: MediaInput,
  { format, streams }: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  // The times of other containers count the bytes of bare samples.
  const isTimed = (codec: Described): boolean => codec.hasElements || isContainer(format, ["matroska"]);
  const described = streams.filter((stream) => {
    const codec = describedCodec(stream);
    return codec && isTimed(codec) && tracks.some((track) => track.stream === stream.index);
  });
  if (!isContainer(format, DESCRIBED_ONCE) || described.length === 0) return;
  const changes = await readSoundFrames(input, name, described, findChange);
  const change = changes.find((found) => found !== undefined);
  if (!change) return;
  const { codec, what, from, about } = change;
  const seconds = from - Number(format.start_time ?? 0);
  const after = about ? `after about ${seconds.toFixed(0)} seconds` : `after ${seconds.toFixed(1)} seconds`;
  throw new InputError(
    `${name} has ${codec} sound whose ${what} ${after}, although it is described as the sound before; convert the sound of its parts to the same ${SAME[what]} and join them again.`,
  );
}

const SAME = {
  "channels change": "channels",
  "sample rate changes": "sample rate",
  "channels or sample rate change": "channels and sample rate",
} as const;

interface Change {
  codec: string;
  what: keyof typeof SAME;
  /** Seconds. */
  from: number;
  about: boolean;
}

/** The first change under one description. */
async function findChange(frames: AsyncIterable<SoundFrame>, stream: ProbeStream): Promise<Change | undefined> {
  const { name: codec, samples, shortest, hasElements } = describedCodec(stream) as Described;
  let [elements, rates] = [new SteadyValue<number>(SUFFICIENT), new SampleRates(shortest)];
  let [singles, descriptions] = [0, 0];
  let change: Change | undefined;
  const [isAac, mono] = [codec === "AAC", new MonoFrames()];
  try {
    for await (const frame of frames) {
      // The rest has to be read, or else ffmpeg would wait.
      if (change) continue;
      if (frame.described) {
        [elements, rates] = [new SteadyValue(SUFFICIENT), new SampleRates(shortest)];
        descriptions += 1;
      }
      const element = hasElements ? firstElement(frame.bytes) : undefined;
      const otherElement = element === undefined ? undefined : elements.add(element, frame.seconds);
      const otherRate = rates.add(frame.seconds, samples(frame.size));
      // Two channels after one are decoded, if they stay.
      const isDecoded = isAac && stream.channels === 1 && element === PAIR;
      if (otherElement !== undefined && !isDecoded) change = channelChange(codec, otherElement, false);
      else if (otherRate !== undefined) change = rateChange(codec, otherRate, hasElements);
      // Where two are described, an extension spreads the one that frames have.
      if (!isAac || element !== SINGLE || stream.channels === 2) continue;
      if (singles % TRIED === 0) await mono.try(frame, descriptions, rates.rate);
      singles += 1;
    }
    const otherCount = await mono.finish();
    return change ?? (otherCount === undefined ? undefined : channelChange(codec, otherCount, true));
  } finally {
    mono.stop();
  }
}

function channelChange(codec: string, from: number, about: boolean): Change {
  return { codec, what: "channels change", from, about };
}

/** Bare samples of twice as many channels take as long as those of twice the rate. */
function rateChange(codec: string, from: number, isCertain: boolean): Change {
  return { codec, what: isCertain ? "sample rate changes" : "channels or sample rate change", from, about: true };
}
