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

/** Codecs whose frames don't say their rate: the samples of a frame, and how many frames in a row show the rate. */
const CODECS: Record<string, { samples: number; shortest: number }> = {
  aac: { samples: AAC_SAMPLES, shortest: 32 },
  alac: { samples: 4096, shortest: 12 },
};

/** How many frames in a row have to begin with another element. */
const SUFFICIENT = 8;

/** One of so many frames is tried as mono, for decoding takes time. */
const TRIED = 8;

/**
 * Refuses a file with sound in AAC or ALAC whose channels or sample rate change, although their description doesn't. ffmpeg makes such files when it
 * joins others with `-c copy`, and then repeats a piece of old sound in the channels that are missing, or plays it too fast or too slowly. This reads
 * the sound once more.
 */
export async function assertUnchangedSound(
  input: MediaInput,
  { format, streams }: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  const described = streams.filter(
    ({ codec_name = "", profile = "", index }) =>
      codec_name in CODECS &&
      (codec_name !== "aac" || WITH_ELEMENTS.includes(profile)) &&
      tracks.some(({ stream }) => stream === index),
  );
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

const SAME = { "channels change": "channels", "sample rate changes": "sample rate" } as const;

interface Change {
  codec: string;
  what: keyof typeof SAME;
  /** Seconds. */
  from: number;
  about: boolean;
}

/** The first change under one description. */
async function findChange(
  frames: AsyncIterable<SoundFrame>,
  { codec_name = "", channels }: ProbeStream,
): Promise<Change | undefined> {
  const { samples, shortest } = CODECS[codec_name] as (typeof CODECS)[string];
  let [elements, rates] = [new SteadyValue<number>(SUFFICIENT), new SampleRates(shortest)];
  let [singles, descriptions] = [0, 0];
  let change: Change | undefined;
  const codec = codec_name.toUpperCase();
  const [isAac, mono] = [codec === "AAC", new MonoFrames()];
  try {
    for await (const frame of frames) {
      // The rest has to be read, or else ffmpeg would wait.
      if (change) continue;
      if (frame.described) {
        [elements, rates] = [new SteadyValue(SUFFICIENT), new SampleRates(shortest)];
        descriptions += 1;
      }
      const element = firstElement(frame.bytes);
      const otherElement = element === undefined ? undefined : elements.add(element, frame.seconds);
      const otherRate = rates.add(frame.seconds, samples);
      // Two channels after one are decoded, if they stay.
      const isDecoded = isAac && channels === 1 && element === PAIR;
      if (otherElement !== undefined && !isDecoded) change = channelChange(codec, otherElement, false);
      else if (otherRate !== undefined) change = { codec, what: "sample rate changes", from: otherRate, about: true };
      // Where two are described, an extension spreads the one that frames have.
      if (!isAac || element !== SINGLE || channels === 2) continue;
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
