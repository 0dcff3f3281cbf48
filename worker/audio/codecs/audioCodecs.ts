import type { PlanAudio } from "../../../contract/plan";
import { aac } from "./aac";
import type { AudioCodec } from "./audioCodec";

export const AUDIO_CODECS = { aac } satisfies Record<string, AudioCodec>;

/** The codec of a track. Plans name none: all tracks are AAC. */
export const audioCodecOf: (track: PlanAudio) => AudioCodec = () => AUDIO_CODECS.aac;

/** How long the longest frame of any codec lasts. */
export const LONGEST_FRAME_SECONDS = Math.max(
  ...Object.values(AUDIO_CODECS).map(({ frameSamples, sampleRate }) => frameSamples / sampleRate),
);
