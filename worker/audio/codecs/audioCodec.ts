import type { PlanAudio } from "../../../contract/plan";

/** Everything about a sound codec that differs from the others. */
export interface AudioCodec {
  /** The ffmpeg arguments that select the encoder and set the track's bitrate. */
  arguments: (track: PlanAudio) => string[];
  /** Samples per second of the encoded sound, which is also the track's timescale. */
  sampleRate: number;
  /** Samples in one frame. */
  frameSamples: number;
  /** Frames that the encoder writes before the one that begins with the source's first sample. */
  primingFrames: number;
  /** The codec as RFC 6381 writes it, from the initialisation segment. */
  codecString: (init: Buffer) => string;
}
