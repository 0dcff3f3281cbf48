import { readFileSync } from "node:fs";

import { initSegment, outputs } from "../../contract/outputs";
import type { Plan } from "../../contract/plan";
import { AUDIO_CODECS } from "../../worker/audio/codecs/audioCodecs";
import { writeFragment } from "../../worker/fmp4/fragment";
import { markOf, SOUND_ENCODER } from "./video";

/** Frames in one fragment, about two seconds of sound. */
const FRAMES = 94;

/** What ffmpeg would write for an audio track: one and the same fragment, since nobody reads its time. */
export async function* encodedSound(output: string, plan: Plan): AsyncGenerator<Buffer> {
  const { sampleRate, frameSamples, primingFrames } = AUDIO_CODECS.aac;
  const [track] = plan.audio ?? [];
  yield readFileSync(`${output}/${outputs.segments(track?.name ?? "")}${initSegment(markOf(plan, SOUND_ENCODER))}`);
  const total = Math.round((plan.source.durationSeconds * sampleRate) / frameSamples) + primingFrames;
  const samples = Array.from({ length: FRAMES }, (_, index) => {
    const dts = index * frameSamples;
    return { dts, pts: dts, duration: frameSamples, sync: true, data: Buffer.alloc(300 + ((index * 37) % 90)) };
  });
  const fragment = writeFragment(1, samples);
  for (let frames = 0; frames < total; frames += FRAMES) {
    yield frames + FRAMES <= total ? fragment : writeFragment(1, samples.slice(0, total - frames));
    // As with a pipe, other tracks get their turn.
    await new Promise(setImmediate);
  }
}
