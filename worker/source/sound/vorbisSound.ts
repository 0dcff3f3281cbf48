import { blockOf } from "../vorbis/packet";
import type { VorbisSetup } from "../vorbis/setup";
import { ContraryPackets } from "./contraryPackets";
import type { SoundFrame } from "./frames";
import { SampleRates } from "./sampleRates";
import { AS_BEFORE, type SoundChange, squeezeChange } from "./soundChange";
import { SqueezedFrames } from "./squeezedFrames";

/** How many packets in a row show the rate. */
const SHORTEST = 32;

/** The first change under one description. */
export async function findVorbisChange(
  frames: AsyncIterable<SoundFrame>,
  setup: VorbisSetup,
): Promise<SoundChange | undefined> {
  const [contrary, rates, squeezed] = [new ContraryPackets(setup), new SampleRates(SHORTEST), new SqueezedFrames()];
  let before: number | undefined;
  let change: SoundChange | undefined;
  let isKnown = true;
  for await (const { bytes, size, seconds, described } of frames) {
    // Another description isn't known here. Ogg's first packet comes with titles instead.
    if (described && before !== undefined) isKnown = false;
    // The rest has to be read, or else ffmpeg would wait.
    if (change || !isKnown) continue;
    const block = blockOf(bytes, setup) ?? before ?? 0;
    // A packet gives what its window and the one before share.
    const samples = ((before ?? block) + block) / 4;
    before = block;
    const otherSetup = size === bytes.length ? contrary.add(bytes, seconds) : undefined;
    const otherRate = rates.add(seconds, samples);
    const squeeze = rates.rate && squeezed.add(seconds, samples / rates.rate);
    if (otherSetup !== undefined) change = changeOf("whose encoder settings change", otherSetup);
    // Blocks of other settings would show wrong lengths.
    if (change || contrary.isDoubtful) continue;
    if (otherRate !== undefined) change = changeOf("whose sample rate changes", otherRate);
    else if (squeeze) change = squeezeChange("Vorbis", squeeze);
  }
  return change;
}

function changeOf(what: string, from: number): SoundChange {
  return { codec: "Vorbis", what, from, about: true, although: AS_BEFORE, same: "with the same settings" };
}
