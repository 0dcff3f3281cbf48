import type { ProbeStream } from "../ffprobe/output";
import { firstElement, PAIR, SINGLE } from "./firstElement";
import type { SoundFrame } from "./frames";
import { AAC_SAMPLES, MonoFrames } from "./monoFrames";
import { SampleRates } from "./sampleRates";
import { AS_BEFORE, type SoundChange, squeezeChange } from "./soundChange";
import { SqueezedFrames } from "./squeezedFrames";
import { SteadyValue } from "./steadyValue";

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

export function describedCodec({ codec_name = "", profile = "", channels = 0 }: ProbeStream): Described | undefined {
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

/** The first change under one description, or frames that have no time. */
export async function findDescribedChange(
  frames: AsyncIterable<SoundFrame>,
  stream: ProbeStream,
): Promise<SoundChange | undefined> {
  const { name: codec, samples, shortest, hasElements } = describedCodec(stream) as Described;
  let [elements, rates] = [new SteadyValue<number>(SUFFICIENT), new SampleRates(shortest)];
  let squeezed = new SqueezedFrames();
  let [singles, descriptions] = [0, 0];
  let change: SoundChange | undefined;
  const [isAac, mono] = [codec === "AAC", new MonoFrames()];
  try {
    for await (const frame of frames) {
      // The rest has to be read, or else ffmpeg would wait.
      if (change) continue;
      if (frame.described) {
        [elements, rates] = [new SteadyValue(SUFFICIENT), new SampleRates(shortest)];
        squeezed = new SqueezedFrames();
        descriptions += 1;
      }
      const element = hasElements ? firstElement(frame.bytes) : undefined;
      const otherElement = element === undefined ? undefined : elements.add(element, frame.seconds);
      const otherRate = rates.add(frame.seconds, samples(frame.size));
      const squeeze = rates.rate && squeezed.add(frame.seconds, samples(frame.size) / rates.rate);
      // Two channels after one are decoded, if they stay.
      const isDecoded = isAac && stream.channels === 1 && element === PAIR;
      if (otherElement !== undefined && !isDecoded) change = channelChange(codec, otherElement, false);
      else if (otherRate !== undefined) change = rateChange(codec, otherRate, hasElements);
      else if (squeeze) change = squeezeChange(codec, squeeze);
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

function channelChange(codec: string, from: number, about: boolean): SoundChange {
  const what = "whose channels change";
  return { codec, what, from, about, although: AS_BEFORE, same: "to the same channels" };
}

/** Bare samples of twice as many channels take as long as those of twice the rate. */
function rateChange(codec: string, from: number, isCertain: boolean): SoundChange {
  const what = isCertain ? "whose sample rate changes" : "whose channels or sample rate change";
  const same = isCertain ? "to the same sample rate" : "to the same channels and sample rate";
  return { codec, what, from, about: true, although: AS_BEFORE, same };
}
