import type { ProbeStream } from "../ffprobe/output";
import { FRAME_HEADERS } from "./frameHeaders";
import type { SoundFrame } from "./frames";
import { SampleRates } from "./sampleRates";
import type { SoundChange } from "./soundChange";

/** How many frames in a row show at which distance they come. */
const SHORTEST = 16;

/** The first change of the sample rate that frames state, if their times don't follow it. */
export async function findUntimedChange(
  frames: AsyncIterable<SoundFrame>,
  { codec_name = "" }: ProbeStream,
): Promise<SoundChange | undefined> {
  const { name, read } = FRAME_HEADERS[codec_name] as (typeof FRAME_HEADERS)[string];
  let stated: { rate: number; from: number; isFirst: boolean } | undefined;
  let rates = new SampleRates(SHORTEST);
  let change: SoundChange | undefined;
  for await (const { bytes, seconds } of frames) {
    const header = read(bytes);
    // The rest has to be read, or else ffmpeg would wait.
    if (change || !header) continue;
    if (header.rate !== stated?.rate) {
      stated = { rate: header.rate, from: seconds, isFirst: stated === undefined };
      rates = new SampleRates(SHORTEST);
    }
    rates.add(seconds, header.samples);
    const isTimed = rates.rate === undefined || rates.rate === stated.rate;
    if (isTimed || stated.isFirst) continue;
    const what = `whose sample rate becomes ${hertz(stated.rate)}`;
    const although = `its times are those of ${hertz(rates.rate as number)}`;
    change = { codec: name, what, from: stated.from, about: true, although, same: "to the same sample rate" };
  }
  return change;
}

function hertz(rate: number): string {
  return `${rate.toLocaleString("en-US")} Hz`;
}
